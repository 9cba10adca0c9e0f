import type { IAllExecuteFunctions, INode } from 'n8n-workflow';

/** What n8n offers for reading the node that runs. */
export type NodeContext = Pick<IAllExecuteFunctions, 'getNode'>;

const known = new WeakMap<NodeContext, INode>();

/** The node that runs. n8n copies it whenever it is asked, with all its parameters, which can be megabytes. */
export function nodeOf(context: NodeContext): INode {
	const node = known.get(context) ?? context.getNode();
	known.set(context, node);
	return node;
}
