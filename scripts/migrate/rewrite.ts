import { applyEdits, parseTree, type Edit, type Node, type ParseError } from 'jsonc-parser';

import { Problem } from '../n8n/problem';

/** A node that has another type now. */
export interface Change {
	workflow: string;
	node: string;
	from: string;
	to: string;
}

/** A migrated text, and what to know about it. */
export interface Migrated {
	text: string;
	changes: Change[];
	/** What still names the bundle, in words. */
	left: string[];
}

/** The types of the packages, by those of the bundle. */
export interface Types {
	/** With what the types of the bundle begin, the dot included. */
	prefix: string;
	/** Full type in the package, by full type in the bundle. */
	renamed: Map<string, string>;
}

/**
 * Gives the nodes of one or more workflows the types of the vendors' packages. Only the types change: all other text,
 * white space included, stays as it is.
 *
 * @param text JSON as n8n downloads or exports it: a workflow, or a list of them
 * @throws Problem if the text is no workflow
 */
export function rewrite(text: string, types: Types): Migrated {
	const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
	const json = text.slice(bom.length);
	const tree = parse(json);
	const workflows = tree.type === 'array' ? (tree.children ?? []) : [tree];
	if (workflows.length === 0) throw new Problem('The list has no workflow.');
	for (const [index, workflow] of workflows.entries()) {
		const where = tree.type === 'array' ? `Entry ${index + 1} of the list` : 'The file';
		if (nodesOf(workflow) === undefined) throw new Problem(`${where} is no workflow: a workflow is an object with a list "nodes".`);
	}
	const found: Found = { edits: [], changes: [], left: [] };
	for (const workflow of workflows) visit(workflow, { workflow: textOf(workflow, 'name') ?? 'Workflow', node: '' }, types, found);
	return { text: bom + applyEdits(json, found.edits), changes: found.changes, left: [...new Set(found.left)] };
}

interface Found {
	edits: Edit[];
	changes: Change[];
	left: string[];
}

/** Where in a workflow a value is. */
interface Place {
	workflow: string;
	node: string;
}

function visit(value: Node, place: Place, types: Types, found: Found): void {
	if (value.type === 'string') return visitText(value, place, types, found);
	if (value.type === 'array') {
		for (const child of value.children ?? []) visit(child, place, types, found);
		return;
	}
	if (value.type !== 'object') return;
	// An export can hold the published version of a workflow beside its draft, with nodes of its own.
	const nodes = nodesOf(value);
	for (const property of value.children ?? []) {
		const [, child] = property.children ?? [];
		if (!child) continue;
		if (child !== nodes) visit(child, place, types, found);
		else for (const node of child.children ?? []) visitNode(node, place, types, found);
	}
}

function visitNode(node: Node, { workflow }: Place, types: Types, found: Found): void {
	const place = { workflow, node: textOf(node, 'name') ?? 'A node without a name' };
	for (const property of node.children ?? []) {
		const [key, value] = property.children ?? [];
		if (key?.value !== 'type' || value?.type !== 'string') {
			if (value) visit(value, place, types, found);
			continue;
		}
		const from = value.value as string;
		const to = types.renamed.get(from);
		if (to !== undefined) {
			found.edits.push({ offset: value.offset, length: value.length, content: JSON.stringify(to) });
			found.changes.push({ ...place, from, to });
		} else if (from.startsWith(types.prefix)) {
			found.left.push(`${place.workflow}, ${place.node}: no package has the node type ${from}`);
		}
	}
}

/** Text in a node can be a workflow itself, as in Execute Sub-workflow. */
function visitText(value: Node, place: Place, types: Types, found: Found): void {
	const text = value.value as string;
	if (!text.includes(types.prefix)) return;
	try {
		const inner = rewrite(text, types);
		if (inner.changes.length > 0) found.edits.push({ offset: value.offset, length: value.length, content: JSON.stringify(inner.text) });
		found.changes.push(...inner.changes);
		found.left.push(...inner.left);
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		found.left.push(`${[place.workflow, place.node].filter(Boolean).join(', ')}: a text names ${types.prefix}…; look at it yourself`);
	}
}

function parse(json: string): Node {
	if (json.trim() === '') throw new Problem('The file is empty.');
	try {
		JSON.parse(json);
	} catch (error) {
		throw new Problem(`The file is no JSON: ${(error as Error).message}.`);
	}
	const errors: ParseError[] = [];
	const tree = parseTree(json, errors);
	if (!tree || errors.length > 0) throw new Problem('The file is no JSON.');
	return tree;
}

/** The list of nodes of a workflow: objects that have a type. */
function nodesOf(workflow: Node): Node | undefined {
	const nodes = valueOf(workflow, 'nodes');
	if (nodes?.type !== 'array') return undefined;
	return (nodes.children ?? []).every((node) => textOf(node, 'type') !== undefined) ? nodes : undefined;
}

function textOf(object: Node, name: string): string | undefined {
	const value = valueOf(object, name);
	return value?.type === 'string' ? (value.value as string) : undefined;
}

function valueOf(object: Node, name: string): Node | undefined {
	if (object.type !== 'object') return undefined;
	// Of two properties with one name, the last one counts.
	const named = object.children?.filter(({ children }) => children?.[0].value === name);
	return named?.at(-1)?.children?.[1];
}
