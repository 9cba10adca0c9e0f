import * as fs from 'node:fs';
import * as path from 'node:path';

import type { ICredentialType, INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { parse as parseShell } from 'shell-quote';

import { CredentialSecretsApi } from '../../credentials/CredentialSecretsApi.credentials';
import { words } from '../../engine/model/names';
import { readArguments } from '../../cli/terminal/arguments';
import { everyMessage } from '../support/messages';

/** What an operator or a developer reads stays true when the package changes. */
const root = path.resolve(__dirname, '../..');
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
const below = (folder: string, ending: string) =>
	fs
		.readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith(ending))
		.map((file) => path.posix.join(folder, file.split(path.sep).join('/')))
		.sort();

const { scripts } = JSON.parse(read('package.json')) as { scripts: { [name: string]: string } };
const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...below('docs', '.md'), ...below('packages', '.md')];

/** A page without its code: what stands there is no link and no heading. */
const withoutCode = (text: string) => text.replace(/^( *)(```|~~~)[\s\S]*?^\1\2[ \t]*$/gm, '');

interface Heading {
	level: number;
	text: string;
}

function headingsOf(page: string): Heading[] {
	return [...withoutCode(read(page)).matchAll(/^(#{1,6}) +(.+?) *#*$/gm)].map(([, marks, text]) => ({ level: marks.length, text }));
}

/** The anchors of a page, as GitHub makes them. */
function anchorsOf(page: string): Set<string> {
	const anchors = new Set<string>();
	for (const { text } of headingsOf(page)) {
		const plain = text
			.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
			.trim()
			.toLowerCase();
		const slug = plain.replace(/[^\p{L}\p{N}\p{M} _-]/gu, '').replace(/ /g, '-');
		let anchor = slug;
		for (let number = 1; anchors.has(anchor); number++) anchor = `${slug}-${number}`;
		anchors.add(anchor);
	}
	return anchors;
}

/** The text that stands under a heading, up to the next one of its level. */
function sectionOf(text: string, level: number, title: string): string | undefined {
	const lines = withoutCode(text).split('\n');
	const start = lines.indexOf(`${'#'.repeat(level)} ${title}`);
	if (start === -1) return undefined;
	const end = lines.findIndex((line, index) => index > start && new RegExp(`^#{1,${level}} `).test(line));
	return lines.slice(start + 1, end === -1 ? undefined : end).join('\n');
}

describe.each(pages)('%s', (page) => {
	const text = read(page);

	test('leads to what is there', () => {
		const targets = [
			...withoutCode(text)
				.replace(/`[^`\n]*`/g, '')
				.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g),
		].map(([, target]) => target);
		const broken = targets.filter((target) => {
			if (/^[a-z][a-z+.-]*:/i.test(target)) return false;
			const [file, anchor] = target.split('#');
			const wanted = file === '' ? page : path.posix.join(path.posix.dirname(page), decodeURI(file));
			if (wanted.startsWith('..') || !fs.existsSync(path.join(root, wanted))) return true;
			return anchor !== undefined && !anchorsOf(wanted).has(anchor);
		});
		expect(broken).toEqual([]);
	});

	// Within code only: elsewhere "npm" is a word of a sentence.
	const code = [...text.matchAll(/^( *)(```|~~~)[^\n]*\n([\s\S]*?)^\1\2[ \t]*$/gm)]
		.map(([, , , block]) => block)
		.concat([...text.matchAll(/`([^`\n]+)`/g)].map(([, one]) => one));

	test('shows commands that there are', () => {
		const builtIn = ['install', 'ci', 'test', 'start', 'version', 'pack', 'publish', 'ls', 'view', 'update', 'uninstall'];
		const commands = code.flatMap((one) => [
			...one.matchAll(/\bnpm((?: +--?[a-z][\w-]*)*) +([a-z][\w:-]*)(?:((?: +--?[a-z][\w-]*)*) +([a-z][\w:-]*))?/g),
		]);
		const unknown = commands.flatMap(([whole, , first, , second]) => {
			if (first === 'run' || first === 'run-script') return second !== undefined && scripts[second] !== undefined ? [] : [whole];
			if (!builtIn.includes(first)) return [whole];
			return ['test', 'start'].includes(first) && scripts[first] === undefined ? [whole] : [];
		});
		expect(unknown).toEqual([]);
	});

	test('shows arguments that its commands take', () => {
		const lines = code.flatMap((block) => block.split(/\n|&&|;/)).map((line) => line.trim());
		for (const { script, argv } of lines.flatMap((line) => calledIn(line) ?? []))
			expect([script, argv, objection(script, argv)]).toEqual([script, argv, undefined]);
	});
});

/** The script of package.json that a line calls, and with what. */
function calledIn(line: string): { script: string; argv: string[] } | undefined {
	const words = parseShell(line).filter((word): word is string => typeof word === 'string');
	const dashes = words.indexOf('--');
	if (words[0] !== 'npm' || dashes === -1) return undefined;
	const script = words.slice(1, dashes).filter((word) => word !== 'run' && !word.startsWith('-'))[0];
	return { script, argv: words.slice(dashes + 1) };
}

/** What a script has against its arguments; nothing where it takes them. */
function objection(script: string, argv: string[]): string | undefined {
	if (script === 'vendor') {
		// A command alone is named, not shown.
		const whole = argv.length === 1 && !argv[0].startsWith('-') ? [...argv, '--help'] : argv;
		try {
			readArguments(whole);
			return undefined;
		} catch (error) {
			return (error as Error).message;
		}
	}
	if (script === 'pack')
		return argv.length === 1 && VENDORS.some(({ page }) => path.basename(page, '.md') === argv[0]) ? undefined : 'there is no such vendor';
	// What else has arguments lists them at the top of its file, or in its help.
	const source = read(/tsx (\S+\.ts)/.exec(scripts[script] ?? '')?.[1] ?? 'package.json');
	const unknown = argv.filter((word) => word.startsWith('--') && !source.includes(word));
	return unknown.length > 0 ? `it does not know ${unknown.join(', ')}` : undefined;
}

test('every script has a purpose that is told, and is run before a change lands', () => {
	const told = pages.map(read).join('\n');
	const run = read('.ci/run');
	// `tsc` and `gulp generate` are parts of others.
	const own = Object.keys(scripts).filter((name) => !['generate', 'typecheck'].includes(name));
	expect(own.filter((name) => !new RegExp(`npm (run (--silent )?)?${name}\\b`).test(told))).toEqual([]);
	// What these call, tests call as well. And two are for a person: one measures, one prints what to read.
	const otherwise = ['dev', 'migrate', 'pack', 'released', 'vendor', 'bench', 'coverage', 'words'];
	expect(own.filter((name) => !otherwise.includes(name) && !new RegExp(`npm( --silent)?( run)? ${name}\\b`).test(run))).toEqual([]);
});

test('docs/vendor-document.md has all the words that documents are read for, and no others', () => {
	const wordsIn = (text: string) => new Set([...text.matchAll(/\bx-n8n-[a-z]+(?:-[a-z]+)*/g)].map(([word]) => word));
	const [known, explained] = [wordsIn(below('engine', '.ts').map(read).join('\n')), wordsIn(read('docs/vendor-document.md'))];
	expect([...known].filter((word) => !explained.has(word))).toEqual([]);
	expect([...explained].filter((word) => !known.has(word))).toEqual([]);
});

test('a document with an overlay beside it holds nothing of ours', () => {
	const documents = below('nodes', '.overlay.yaml').map((file) => file.replace('.overlay.', '.openapi.'));
	expect(documents.length).toBeGreaterThan(0);
	expect(documents.filter((file) => read(file).includes('x-n8n-'))).toEqual([]);
});

test('the links of the package to its own pages lead to pages', () => {
	const homes = new Set(
		below('credentials', '.ts')
			.concat(below('nodes', '.node.json'))
			.flatMap((file) => [...read(file).matchAll(/n8n-nodes-create-credential\/blob\/[\w.-]+\/([\w./-]+)/g)].map(([, target]) => target)),
	);
	expect([...homes].filter((target) => !fs.existsSync(path.join(root, target)))).toEqual([]);
	expect(homes).toContain('docs/secrets.md');
});

/** Each vendor's page, what it is about, and its n8n credential. */
const VENDORS = below('nodes', '.openapi.yaml').map((document) => {
	const form = document.replace('.openapi.yaml', '.generated.json');
	const { name, credential } = (JSON.parse(read(form)) as { vendor: { name: string; credential: string } }).vendor;
	const className = `${credential[0].toUpperCase()}${credential.slice(1)}`;
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	const types = require(path.join(root, 'credentials', `${className}.credentials.ts`)) as { [name: string]: new () => ICredentialType };
	return { page: `docs/vendors/${words(name).join('-')}.md`, form, credential: new types[className]() };
});

type Form = { vendor: { name: string }; properties: INodeProperties[]; trigger?: INodeProperties[] };
type Option = { name: string; value: string };

/**
 * The labels of a form, those within collections too; not n8n's own, nor the lists of stored secrets, which each secret
 * field has beside it.
 */
function labelsOf(properties: INodeProperties[]): string[] {
	return properties.flatMap((property): string[] => {
		if (['hidden', 'credentials'].includes(property.type) || property.name.endsWith('Stored')) return [];
		const within = ['collection', 'fixedCollection'].includes(property.type)
			? (property.options as Array<INodeProperties | INodePropertyCollection>).flatMap((one) =>
					labelsOf('values' in one ? one.values : [one]),
				)
			: [];
		return [property.displayName, ...within];
	});
}

test("no vendor's name is in the engine", () => {
	const firstWords = VENDORS.map(({ form }) => (JSON.parse(read(form)) as Form).vendor.name.replace(/^The /, '').split(' ')[0]);
	// Acme is nobody: examples and messages may name it.
	const vendors = firstWords.filter((name) => name !== 'Acme');
	const named = below('engine', '.ts').filter((file) => new RegExp(vendors.join('|'), 'i').test(read(file)));
	expect(named).toEqual([]);
});

test('every vendor has a page, and every page is about a vendor', () => {
	expect(below('docs/vendors', '.md')).toEqual(VENDORS.map(({ page }) => page).sort());
});

describe.each(VENDORS)('$page', ({ page, form, credential }) => {
	const { vendor, properties, trigger } = JSON.parse(read(form)) as Form;
	const text = read(page);
	const operations = properties.flatMap(({ name, displayOptions, options }) => {
		if (name !== 'operation') return [];
		return (displayOptions?.show?.resource as string[]).map((resource) => ({
			resource,
			names: (options as Option[]).map((option) => option.name),
		}));
	});

	test('has a section for each operation, and for no other', () => {
		const resources = properties.find(({ name }) => name === 'resource')?.options as Option[];
		const sections = operations.map(({ resource, names }) => {
			const title = `Resource: ${resources.find(({ value }) => value === resource)?.name}`;
			const section = sectionOf(text, 2, title);
			return { title, names: [...names].sort(), described: [...(section ?? '').matchAll(/^### (.+)$/gm)].map(([, name]) => name).sort() };
		});
		expect(sections.length).toBeGreaterThan(0);
		for (const { title, names, described } of sections) expect({ [title]: described }).toEqual({ [title]: names });
		expect(headingsOf(page).filter(({ text: heading }) => heading.startsWith('Resource: '))).toHaveLength(sections.length);
	});

	test('names the fields as the form does', () => {
		// Present in every form, and no field of their own.
		const structure = ['Resource', 'Operation', 'Additional Fields', 'Update Fields', 'Filters', 'Sort', 'Options'];
		const labels = [...new Set(labelsOf([...properties, ...(trigger ?? [])]))].filter((label) => !structure.includes(label));
		const plain = text.replace(/\s+/g, ' ');
		expect(labels.filter((label) => !plain.includes(label))).toEqual([]);
	});

	test('names the n8n credential and its fields', () => {
		expect(headingsOf(page).map(({ text: heading }) => heading)).toContain(`The n8n credential: ${credential.displayName}`);
		expect(credential.properties.filter(({ displayName }) => !text.includes(displayName))).toEqual([]);
	});

	test('is about a trigger where there is one', () => {
		const section = sectionOf(text, 2, `${vendor.name} Trigger`);
		expect(section !== undefined).toBe(trigger !== undefined);
	});
});

test('docs/secrets.md names the fields of Credential Secrets', () => {
	const text = read('docs/secrets.md');
	expect(text).toContain(new CredentialSecretsApi().displayName.replace(' API', ''));
	expect(labelsOf(new CredentialSecretsApi().properties).filter((label) => !text.includes(label))).toEqual([]);
});

describe('docs/troubleshooting.md', () => {
	/** What varies in a message. */
	const GAP = '…';
	const messages = everyMessage(GAP);
	const known = headingsOf('docs/troubleshooting.md')
		.filter(({ level }) => level === 3)
		.flatMap(({ text }) => text.split(' / '));

	/** A message without what always stands before or after it: the vendor or the field, the item, the value. */
	const core = (text: string) => {
		const short = text
			.replace(/(["'])…\1/g, '…')
			.replace(/ \[item …\]$/, '')
			.replace(/, but is …$/, '');
		return short.replace(/^[…\s]+/, '').replace(/[…\s]+$/, '');
	};
	/** Whether a heading tells of a message: it is the same, or its beginning. */
	const tells = (heading: string, message: string) => {
		const [wanted, given] = [core(heading), core(message)];
		return wanted === given || (wanted.split(' ').length > 2 && given.startsWith(wanted));
	};

	test('is compared with every message of the catalogue', () => {
		expect(messages).toEqual(expect.arrayContaining([`${GAP} refused the API key`, 'is missing', `must have at most ${GAP} characters`]));
		expect(messages.filter((message) => /undefined|\[object/.test(message))).toEqual([]);
	});

	test('has no heading that is no message any more', () => {
		expect(known.filter((heading) => !messages.some((message) => tells(heading, message)))).toEqual([]);
	});

	test('tells of every message', () => {
		expect([...new Set(messages)].filter((message) => !known.some((heading) => tells(heading, message)))).toEqual([]);
	});

	test('has no message twice', () => {
		expect(known.filter((heading, index) => known.indexOf(heading) !== index)).toEqual([]);
	});
});

describe('docs/architecture.md', () => {
	const text = read('docs/architecture.md');
	const files = below('engine', '.ts');
	const named = [...text.matchAll(/(?:engine\/)(?:[a-z]+\/)*[A-Za-z]+\.ts/g)].map(([file]) => file);

	test('names no file that is not there', () => {
		expect(named.filter((file) => !files.includes(file))).toEqual([]);
		const short = [...text.matchAll(/`([A-Za-z]+\.ts)`/g)].map(([, file]) => file);
		expect(short.filter((file) => !files.some((one) => path.posix.basename(one) === file))).toEqual([]);
	});

	test('says of every file of the engine what it is for, once, folder by folder', () => {
		expect(files.filter((file) => !named.includes(file))).toEqual([]);
		const rows = [...text.matchAll(/^\| `(engine\/.*\.ts)` \|/gm)].map(([, file]) => file);
		const order = (file: string) => file.replace('/index.ts', '/!').replace(/\/(?=[^/]*$)/, '/!');
		expect(rows).toEqual([...new Set(rows)].sort((a, b) => (order(a) < order(b) ? -1 : 1)));
	});
});

test('README.md names the examples that there are', () => {
	const text = read('README.md');
	const examples = below('examples', '.json').filter((file) => !path.posix.basename(file).startsWith('create-'));
	expect(examples.filter((file) => !text.includes(`(${file})`))).toEqual([]);
});
