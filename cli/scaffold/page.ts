import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import type { Credential } from './credential';

/** Fields that every vendor has; another page documents them. */
const COMMON = new Set(['resource', 'operation', 'options', 'secretsFrom', 'returnAll', 'limit']);

/** A row of a table: a field's label and meaning. */
type Row = [label: string, meaning: string];

/**
 * A vendor's page for docs/vendors, as far as its document tells: the n8n credential and the fields of each operation.
 *
 * @param display the vendor's name
 * @param properties the node's form
 * @param key URL of the vendor's page about its keys
 */
export function pageOf(
	display: string,
	{ displayName, properties: fields }: Pick<Credential, 'displayName' | 'properties'>,
	properties: INodeProperties[],
	key: string,
): string {
	const resources = (properties.find(({ name }) => name === 'resource')?.options ?? []) as INodePropertyOptions[];
	const sections = resources.flatMap(({ name, value }) => [`## Resource: ${plain(name)}`, ...operationsOf(properties, String(value))]);
	return `${[
		`# ${plain(display)}`,
		'Other pages: [secrets](../secrets.md), [many items](../bulk.md), [AI tools](../ai-tools.md),\n[troubleshooting](../troubleshooting.md).',
		`## The n8n credential: ${plain(displayName)}`,
		`Where to get the key: [${plain(display)}'s documentation](${address(key)}).`,
		table(
			'What to enter',
			fields.map((field) => rowOf(field)),
		),
		...sections,
		'## Options',
		'**Dry Run**, **Max Concurrent Requests**, **Max Retries**, **Timeout** and **Uncertain Items** are the same for every ' +
			'vendor: see\n[many items](../bulk.md#options).',
	].join('\n\n')}\n`;
}

function operationsOf(properties: INodeProperties[], resource: string): string[] {
	const selector = properties.find(
		({ name, displayOptions }) => name === 'operation' && displayOptions?.show?.resource?.includes(resource),
	);
	return ((selector?.options ?? []) as INodePropertyOptions[]).flatMap(({ name, value, description }) => {
		const shown = properties.filter(({ displayOptions }) => {
			const { show = {} } = displayOptions ?? {};
			return (show.resource ?? [resource]).includes(resource) && (show.operation ?? [value]).includes(value);
		});
		const all = shown.some((property) => property.name === 'returnAll') ? ['**Return All**, or **Limit**.'] : [];
		const secrets = shown.some((property) => property.name === 'secretsFrom')
			? ['**Secrets From**: *This Form*, or *Credential Secrets*; see [secrets](../secrets.md).']
			: [];
		const rows = distinct(rowsOf(shown));
		return [`### ${plain(name)}`, plain(sentence(description)), ...all, ...secrets, ...(rows.length > 0 ? [table('Meaning', rows)] : [])];
	});
}

/** The fields of a form, including those within collections and rows. */
function rowsOf(properties: INodeProperties[]): Row[] {
	return properties.flatMap((property): Row[] => {
		if (COMMON.has(property.name) || ['hidden', 'credentials'].includes(property.type) || property.name.endsWith('Stored')) return [];
		if (property.type === 'collection') return rowsOf(property.options as INodeProperties[]);
		if (property.type !== 'fixedCollection') return [rowOf(property)];
		return [rowOf(property), ...(property.options as INodePropertyCollection[]).flatMap(({ values }) => rowsOf(values))];
	});
}

function rowOf({ displayName, description, type, options }: INodeProperties): Row {
	const choices =
		type === 'options' || type === 'multiOptions' ? ((options ?? []) as INodePropertyOptions[]).map(({ name }) => `*${plain(name)}*`) : [];
	return [
		plain(displayName),
		[plain(sentence(description)), choices.length > 0 && choices.length <= 10 ? `${choices.join(', ')}.` : ''].filter(Boolean).join(' '),
	];
}

/** The first row for each label, since a document can have thousands of fields. */
function distinct(rows: Row[]): Row[] {
	const seen = new Set<string>();
	return rows.filter(([label]) => !seen.has(label) && seen.add(label));
}

function sentence(text = ''): string {
	const bare = text.replace(/<[^<>]+>/g, '').trim();
	return bare === '' || /[.!?]$/.test(bare) ? bare : `${bare}.`;
}

function table(meaning: string, rows: Row[]): string {
	return [`| Field | ${meaning} |`, '|---|---|', ...rows.map(([label, text]) => `| ${label} | ${text} |`)].join('\n');
}

/** Escapes a text for Markdown, in one line. */
function plain(text: string): string {
	return text
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.replace(/[\\`*[\]<>|~]|_(?!\w)|(?<!\w)_|&(?=#?\w+;)/g, '\\$&')
		.trim();
}

/** Escapes a URL for use as a link target in Markdown. */
function address(url: string): string {
	return new URL(url).href.replace(/[()[\]!\\`*|]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
}
