import { ALL_METHODS, child, Document, findOperations, type Found, isPart, type Part } from '../../engine/compile';
import type { Pagination, ResultPlan } from '../../engine/model';
import type { Chosen } from './choose';
import { Reach } from './reach';

/** An operation with what the excerpt says about it. */
export interface Marked extends Chosen {
	/** How to read the answer, and the status of the response that says it. */
	result?: { status: string; plan: Partial<ResultPlan> };
	/** How it is paged, where it is a list. */
	pagination?: Pagination;
}

/** What the excerpt is made of. */
export interface Excerpt {
	operations: Marked[];
	/** Further operations that belong to it, such as the one that tests a credential. */
	others: Found[];
	/** Name of the n8n credential type. */
	credential: string;
	/** The vendor's name, which takes the place of the document's title. */
	title: string;
	/** How the credential type signs in, where none of the document's schemes is one that it can do. */
	assumed?: Part;
}

/** Parts of the root that are taken over as they are. */
const ROOT = ['externalDocs', 'servers', 'security', 'jsonSchemaDialect'];

/**
 * The part of a document that some operations need: themselves, and what they refer to. The rest of it is unchanged.
 * @throws DocumentError where a $ref leads nowhere
 */
export function excerptOf(document: Document, { operations, others, credential, title, assumed }: Excerpt): Part {
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
	// A $ref can lead into an operation that nobody asked for, which may refer to more.
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

/** What the operations of one path have in common. */
function sharedOf({ pathItem }: Found): Part {
	return Object.fromEntries(Object.entries(pathItem).filter(([name]) => !ALL_METHODS.includes(name)));
}

/** @param assuming operations whose security schemes are replaced by the one that is assumed */
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

/** Says in the excerpt where an operation stands in the form, and how its answer is read. */
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
	// A shared response says it for all of its operations.
	const { node } = document.follow(document.at(pointer, pointer), pointer);
	node['x-n8n-result'] = result.plan;
}

function pick(node: Part, names: string[]): Part {
	return Object.fromEntries(Object.entries(node).filter(([name]) => names.includes(name)));
}
