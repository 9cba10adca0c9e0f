import { titleCase } from 'title-case';

import { labelOf, words } from '../../engine/model/names';
import { Problem } from '../../scripts/n8n/problem';

/** A vendor's name in each of its forms. */
export interface VendorName {
	/** For display: 'Acme Cloud'. */
	display: string;
	/** Class, folder and file: 'AcmeCloud'. */
	className: string;
	/** n8n's node name, and the file stem of the document and the icons: 'acmeCloud'. */
	key: string;
	/** File stem of the example and the vendor's page: 'acme-cloud'. */
	slug: string;
}

/** Names of n8n and JavaScript that the generated files use. */
const TAKEN = new Set([
	...['IExecuteFunctions', 'INodeParameters', 'INodeType', 'INodeTypeDescription', 'NodeConnectionTypes', 'Awaited', 'Math', 'ReturnType'],
	...[
		'Array',
		'Boolean',
		'Buffer',
		'Date',
		'Error',
		'Function',
		'Map',
		'Node',
		'Number',
		'Object',
		'Promise',
		'Proxy',
		'Record',
		'Set',
		'String',
		'Symbol',
	],
]);

/**
 * Derives a vendor's names from any spelling.
 * @throws Problem if no class can have such a name
 */
export function vendorName(given: string): VendorName {
	// Every vendor's node is about an API, and the credential type adds the word itself.
	const stripped = given.trim().replace(/[\s_-]+api$/i, '') || given.trim();
	const display =
		stripped === '' ? '' : titled(/\s/.test(stripped) || /[A-Z]/.test(stripped) ? stripped.replace(/[_\s]+/g, ' ') : labelOf(stripped));
	const all = words(display.normalize('NFKD').replace(/\p{M}/gu, ''))
		.map((word) => word.replace(/[^a-z0-9]/g, ''))
		.filter(Boolean);
	const className = all.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
	const example = 'Give another one with --name, for example --name "Acme Cloud".';
	if (className === '') throw new Problem(`The name "${given}" has no letter from A to Z, which a class needs. ${example}`);
	if (/^\d/.test(className))
		throw new Problem(
			`The name "${given}" begins with a digit, which a class cannot. Give another one with --name, for example --name ` +
				`"One${className.replace(/^\d+/, '')}".`,
		);
	if (className.length > 50) throw new Problem(`The name "${given}" is too long for a class and its files. ${example}`);
	if (TAKEN.has(className)) throw new Problem(`The name "${given}" belongs to JavaScript or n8n. ${example}`);
	// n8n takes a node with such a name for one that starts workflows.
	if (className.endsWith('Trigger'))
		throw new Problem(`The name "${given}" ends with "Trigger", which n8n keeps for nodes that start a workflow. ${example}`);
	return { display, className, key: className.charAt(0).toLowerCase() + className.slice(1), slug: all.join('-') };
}

/** In Title Case, as n8n's lint requires of a credential type's name; existing capitals are kept. */
function titled(text: string): string {
	const plain = text
		.replace(/[^\p{L}\p{N} .&+'()-]/gu, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	return titleCase(plain);
}
