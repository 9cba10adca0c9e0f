import { Document as YamlDocument, isNode } from 'yaml';

import type { Found, Part } from '../../engine/compile';

/** The source of an excerpt. */
export interface Origin {
	/** Name of the source file. */
	file: string;
	title: string;
	version: string;
	/** The source was converted to OpenAPI 3.0. */
	upgraded: boolean;
}

/**
 * The excerpt of a document as YAML, with a comment at the top about its source and what can be added.
 * @param guessed lists whose paging is a guess
 */
export function yamlOf(excerpt: Part, { file, title, version, upgraded }: Origin, guessed: Found[]): string {
	const source = [
		`Taken from ${file}`,
		title && ` (${[title, version].filter(Boolean).join(', ')})`,
		upgraded ? ', brought from Swagger 2.0 to OpenAPI 3.0' : '',
		'.',
	];
	const comment = [
		...wrap(`The part of the API that this node uses. ${source.join('')}`),
		'',
		...wrap('What an operator sees is made from this file: improve it here, then run `npm run build`. What OpenAPI cannot say:'),
		'x-n8n-operation  on an operation: where it stands in the form, { resource, operation, name }',
		'x-n8n-result     on a response: JSON Pointers to the record in the answer, and in it to its id and to a link',
		'x-n8n-pagination on a list: how it is paged, { style, request, response }; docs/vendor-document.md has all of these',
		'x-n8n-hint       on a response: what an operator can do about it',
		'x-n8n-label, x-n8n-order, x-n8n-secret, x-n8n-enum-labels, x-n8n-suggestions, x-n8n-input',
		'                 on a schema: how its field looks; CONTRIBUTING.md says more',
		'x-n8n-credential on a parameter: the n8n credential sends it',
	];
	const document = new YamlDocument(excerpt, { aliasDuplicateObjects: false });
	document.commentBefore = comment.map((line) => (line === '' ? ' ' : ` ${line}`)).join('\n');
	for (const { path, method } of guessed) {
		const pagination = document.getIn(['paths', path, method.toLowerCase(), 'x-n8n-pagination'], true);
		if (isNode(pagination)) pagination.commentBefore = " A guess: compare it with the vendor's documentation.";
	}
	// Do not wrap long texts: they are the vendor's.
	return document.toString({ lineWidth: 0 });
}

function wrap(text: string): string[] {
	const lines: string[] = [''];
	for (const word of text.split(/\s+/)) {
		const last = lines.length - 1;
		if (`${lines[last]} ${word}`.length > 116) lines.push(word);
		else lines[last] = lines[last] === '' ? word : `${lines[last]} ${word}`;
	}
	return lines;
}
