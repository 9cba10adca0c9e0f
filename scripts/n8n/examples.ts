import * as fs from 'node:fs';
import * as path from 'node:path';

import type { DemoVendor } from './demo';
import { Problem } from './problem';
import type { Workflow } from './run';

/** An example workflow, and the vendor whose node it uses. */
export interface Example {
	vendor: DemoVendor;
	workflow: Workflow;
	/** Which variant of the vendor's credential it creates, for the table. */
	variant: string;
}

/**
 * Reads the vendors' examples (`create-*.json`), in the vendors' order. The node in an example tells whose it is.
 *
 * @param packageName the package's name, with which its node types begin.
 * @throws Problem if a vendor has no example, or a file is not a workflow.
 */
export function readExamples(folder: string, vendors: DemoVendor[], packageName: string): Example[] {
	const files = fs.existsSync(folder) ? fs.readdirSync(folder).filter((file) => /^create-.*\.json$/.test(file)) : [];
	const workflows = files.sort().map((file) => readWorkflow(path.join(folder, file)));
	return vendors.flatMap((vendor) => {
		const own = workflows.filter(({ nodes }) => nodes.some(({ type }) => type === nodeType(vendor, packageName)));
		if (own.length === 0) {
			throw new Problem(
				`There is no example for ${vendor.title}: no ${folder}/create-*.json has a node of type ${nodeType(vendor, packageName)}.`,
			);
		}
		return own.map((workflow) => {
			const { variant } = workflow.meta ?? {};
			return { vendor, workflow, variant: typeof variant === 'string' ? variant : workflow.name };
		});
	});
}

/** The full type of a vendor's node, such as `n8n-nodes-create-credential.nylas`. */
export function nodeType({ node }: DemoVendor, packageName: string): string {
	return `${packageName}.${node}`;
}

/** The workflow with references to credentials replaced by the given ones of the same type, if there are any. */
export function withCredentials(workflow: Workflow, byType: Record<string, { id: string; name: string }>): Workflow {
	const nodes = workflow.nodes.map((node) => {
		if (!node.credentials) return node;
		const references = Object.entries(node.credentials).map(([type, reference]) => [type, byType[type] ?? reference]);
		return { ...node, credentials: Object.fromEntries(references) as typeof node.credentials };
	});
	return { ...workflow, nodes };
}

function readWorkflow(file: string): Workflow {
	const problem = (what: string) => new Problem(`${file} is no workflow as n8n downloads it: ${what}.`);
	let workflow: Workflow;
	try {
		workflow = JSON.parse(fs.readFileSync(file, 'utf8')) as Workflow;
	} catch (error) {
		throw problem((error as Error).message);
	}
	if (!Array.isArray(workflow.nodes) || typeof workflow.name !== 'string') throw problem('it has no name or no nodes');
	return workflow;
}
