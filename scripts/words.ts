/**
 * npm run words [file]: lists every text that an operator reads on one page, for review in one sitting: first all labels with
 * their fields, then each field's description, placeholder and options. Reads the built package (npm run build).
 */
import * as fs from 'node:fs';
import * as path from 'node:path';

import type { ICredentialType, INodeProperties, INodeType } from 'n8n-workflow';

const root = path.resolve(__dirname, '..');

/** A text of a form, and its place. */
interface Entry {
	label: string;
	/** Description, placeholder, hint and the texts of the options. */
	text: string;
	place: string;
}

function entriesOf(properties: INodeProperties[], place: string): Entry[] {
	return properties.flatMap((property): Entry[] => {
		if (property.type === 'hidden' || property.type === 'credentials') return [];
		const { show } = property.displayOptions ?? {};
		const operations = show?.operation ? `${place} › ${(show.resource ?? []).join()}: ${show.operation.join(', ')}` : place;
		const options = property.options ?? [];
		const choices = options.flatMap((option) =>
			'value' in option && !('values' in option)
				? [`  - ${option.name}${'action' in option ? ` [${option.action}]` : ''}${option.description ? `: ${option.description}` : ''}`]
				: [],
		);
		const modes = (property.modes ?? []).map((mode) => `  - (${mode.displayName}) ${mode.placeholder ?? ''} ${mode.hint ?? ''}`);
		const text = [property.description, property.placeholder && `‹${property.placeholder}›`, property.hint && `(${property.hint})`]
			.filter(Boolean)
			.join(' ');
		const within = options.flatMap((option) =>
			'values' in option
				? entriesOf(option.values, `${operations} › ${property.displayName}`)
				: 'displayName' in option
					? entriesOf([option], `${operations} › ${property.displayName}`)
					: [],
		);
		return [{ label: property.displayName, text: [text, ...choices, ...modes].join('\n'), place: operations }, ...within];
	});
}

/** Lists equal texts once, with all of their places. */
function grouped(entries: Entry[], key: (entry: Entry) => string): Map<string, string[]> {
	const places = new Map<string, Set<string>>();
	for (const entry of entries) places.set(key(entry), (places.get(key(entry)) ?? new Set()).add(entry.place));
	return new Map([...places].sort(([one], [other]) => one.localeCompare(other, 'en')).map(([text, where]) => [text, [...where]]));
}

function load<T>(file: string): T {
	const name = path.basename(file).split('.')[0];
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	return new (require(path.join(root, file)) as { [name: string]: new () => T })[name]();
}

function main(): void {
	const { n8n } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	const nodes = n8n.nodes.map((file) => load<INodeType>(file).description);
	const credentials = n8n.credentials.map((file) => load<ICredentialType>(file));
	const entries = [...nodes, ...credentials].flatMap(({ displayName, properties }) => entriesOf(properties, displayName));
	const lines = [
		'# Words',
		'## Nodes and credentials',
		...nodes.map(({ displayName, description }) => `- ${displayName}: ${description}`),
		...credentials.map(({ displayName }) => `- ${displayName}`),
		'## Labels, and where they stand',
		...[...grouped(entries, ({ label }) => label)].map(
			([label, places]) => `- **${label}** (${places.length}): ${[...new Set(places.map((place) => place.split(' ›')[0]))].join(', ')}`,
		),
		'## Fields',
		...[...grouped(entries, ({ label, text }) => `**${label}** ${text}`)].map(
			([text, places]) => `- ${text}\n  _${places.slice(0, 3).join('; ')}${places.length > 3 ? ` and ${places.length - 3} more` : ''}_`,
		),
	];
	const page = `${lines.join('\n')}\n`;
	if (process.argv[2]) fs.writeFileSync(process.argv[2], page);
	else process.stdout.write(page);
}

main();
