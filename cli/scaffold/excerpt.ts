import { ALL_METHODS, child, Document, findOperations, type Found, isPart, type Part } from '../../engine/compile';
import type { Pagination, ResultPlan } from '../../engine/model';
import type { Chosen } from './choose';
import { Reach } from './reach';

/** An operation with the extensions that the excerpt adds to it. */
export interface Marked extends Chosen {
	/** How to read the response, and the status of the response that gets this extension. */
	result?: { status: string; plan: Partial<ResultPlan> };
	/** How it is paged, if it is a list. */
	pagination?: Pagination;
}

/** The contents of an excerpt. */
export interface Excerpt {
	operations: Marked[];
	/** Further operations that the node needs, such as the one that tests a credential. */
	others: Found[];
	/** Name of the n8n credential type. */
	credential: string;
	/** The vendor's name, which replaces the document's title. */
	title: string;
	/** The security scheme of the credential type, if it supports none of the document's. */
	assumed?: Part;
	/** Names below `components`, by kind, that are kept where they exist, also if nothing in the document refers to them. */
	components?: { [kind: string]: string[] };
}

/** Parts of the root that are copied unchanged. */
const ROOT = ['externalDocs', 'servers', 'security', 'jsonSchemaDialect'];

/**
 * The part of a document that some operations need: themselves and whatever they refer to, otherwise unchanged.
 * @throws DocumentError if a $ref leads nowhere
 */
export function excerptOf(document: Document, { operations, others, credential, title, assumed, components = {} }: Excerpt): Part {
	const { root } = document;
	const all = findOperations(document);
	const reach = new Reach(document);
	const kept = new Map<string, Found>();
	const keep = (found: Found) => {
		const name = `${found.method} ${found.path}`;
		if (kept.has(name)) return;
		kept.set(name, found);
		reach.follow(sharedOf(found), found.pathItemPointer);
		reach.follow(found.node, found.pointer);
		for (const scheme of schemesOf(found.node.security ?? root.security)) reach.component('securitySchemes', scheme);
	};
	[...operations.map(({ found }) => found), ...others].forEach(keep);
	for (const [kind, names] of Object.entries(components)) for (const name of names) reach.component(kind, name);
	// A $ref can lead into an operation that was not requested, which may refer to more.
	for (let count = -1; count !== kept.size;) {
		count = kept.size;
		all.filter(({ method, path }) => reach.operations.has(`${method} ${path}`)).forEach(keep);
	}

	const excerpt = structuredClone({
		openapi: root.openapi,
		info: { ...(root.info as Part | undefined), title },
		'x-n8n-credential': credential,
		...pick(root, ROOT),
		...tagsOf(root, [...kept.values()]),
		paths: pathsOf([...kept.values()]),
		...componentsOf(root, reach, assumed ? [...kept.values()] : [], assumed),
		...pick(root, [...reach.roots]),
	}) as Part;
	for (const one of operations) mark(excerpt, one);
	return excerpt;
}

function pathsOf(kept: Found[]): Part {
	const paths: Part = {};
	for (const found of kept) {
		const item = (paths[found.path] ?? sharedOf(found)) as Part;
		paths[found.path] = { ...item, [found.method.toLowerCase()]: found.node };
	}
	return paths;
}

/** What the operations of a path share. */
function sharedOf({ pathItem }: Found): Part {
	return Object.fromEntries(Object.entries(pathItem).filter(([name]) => !ALL_METHODS.includes(name)));
}

/** @param assuming operations whose security schemes are replaced by the assumed one */
function componentsOf(root: Part, reach: Reach, assuming: Found[], assumed?: Part): Part {
	const given = (isPart(root.components) ? root.components : {}) as { [kind: string]: Part };
	const kinds = Object.keys(given).filter((kind) => reach.components.has(kind));
	const components: { [kind: string]: Part } = Object.fromEntries(
		kinds.map((kind) => [kind, pick(given[kind], [...(reach.components.get(kind) as Set<string>)])]),
	);
	for (const name of assuming.flatMap(({ node }) => schemesOf(node.security ?? root.security)))
		components.securitySchemes = { ...components.securitySchemes, [name]: assumed };
	return Object.keys(components).length > 0 ? { components } : {};
}

/** Names of the security schemes in a list of alternatives. */
function schemesOf(security: unknown): string[] {
	return (Array.isArray(security) ? security : []).filter(isPart).flatMap(Object.keys);
}

function tagsOf(root: Part, kept: Found[]): Part {
	const used = new Set(kept.flatMap(({ node }) => (Array.isArray(node.tags) ? (node.tags as unknown[]) : [])));
	const tags = (Array.isArray(root.tags) ? root.tags : []).filter((tag) => isPart(tag) && used.has(tag.name));
	return tags.length > 0 ? { tags } : {};
}

/** Adds the extensions for an operation's place in the form, its paging, and how its response is read. */
function mark(excerpt: Part, { found, mark: { resource, operation, name }, result, pagination }: Marked): void {
	const item = (excerpt.paths as Part)[found.path] as Part;
	const method = found.method.toLowerCase();
	const { operationId, summary, description, ...rest } = item[method] as Part;
	const words = Object.fromEntries(Object.entries({ operationId, summary, description }).filter(([, value]) => value !== undefined));
	item[method] = {
		...words,
		'x-n8n-operation': { resource, operation, ...(name === undefined ? {} : { name }) },
		...(pagination ? { 'x-n8n-pagination': pagination } : {}),
		...rest,
	};
	if (!result) return;
	const document = new Document(excerpt, '3.1');
	const pointer = child('#', 'paths', found.path, method, 'responses', result.status);
	// On a shared response, the extension applies to all operations that use it.
	const { node } = document.follow(document.at(pointer, pointer), pointer);
	node['x-n8n-result'] = result.plan;
}

function pick(node: Part, names: string[]): Part {
	return Object.fromEntries(Object.entries(node).filter(([name]) => names.includes(name)));
}
