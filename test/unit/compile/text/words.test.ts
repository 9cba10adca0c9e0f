import { existsSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import { parser } from 'typescript-eslint';
import { ESLint } from 'eslint';
import n8nNodesPlugin from 'eslint-plugin-n8n-nodes-base';
import { compileVendor, readFiles } from '../../../../engine/compile';
import { sentenceOf } from '../../../../engine/compile/text/words';
import { describe as describeDocument } from '../../../../engine/tools';
import { shareOf } from '../../../support/share';

/**
 * n8n's rules for parameters, which look at source code only: what is generated escapes them. Left out are
 * - type-options-password-missing, which takes `tokenUrl` and `secretId` for secrets: masking has tests of its own;
 * - fixed-collection-type-unsorted-items: the fields of a row keep the document's order, a selector before what it shows;
 * - type-options-max-value-present, which n8n's own tool switches off too.
 */
const LEFT_OUT = new Set([
	'node-param-type-options-password-missing',
	'node-param-fixed-collection-type-unsorted-items',
	'node-param-type-options-max-value-present',
]);
const rules = Object.fromEntries(
	Object.keys(n8nNodesPlugin.rules)
		.filter((rule) => rule.startsWith('node-param') && !LEFT_OUT.has(rule))
		.map((rule) => [`n8n-nodes-base/${rule}`, 'error']),
);
const root = path.resolve(__dirname, '../../../..');
const eslint = new ESLint({
	cwd: root,
	overrideConfigFile: true,
	overrideConfig: [{ files: ['**/*.ts'], languageOptions: { parser }, plugins: { 'n8n-nodes-base': n8nNodesPlugin }, rules }] as never,
});

/** A value as TypeScript source, indented as the rules expect it. */
function source(value: unknown, tabs = '\t\t'): string {
	if (Array.isArray(value))
		return value.length === 0 ? '[]' : `[\n${value.map((one) => `${tabs}\t${source(one, `${tabs}\t`)},`).join('\n')}\n${tabs}]`;
	if (typeof value === 'object' && value !== null) {
		// To the rules a first row, { name, value }, looks like an option.
		if ('type' in value && value.type === 'fixedCollection') value = { ...value, default: {} };
		const entries = Object.entries(value as object).filter(([, one]) => one !== undefined);
		if (entries.length === 0) return '{}';
		return `{\n${entries.map(([name, one]) => `${tabs}\t${/^[a-z]\w*$/i.test(name) ? name : JSON.stringify(name)}: ${source(one, `${tabs}\t`)},`).join('\n')}\n${tabs}}`;
	}
	return typeof value === 'string'
		? `'${JSON.stringify(value).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`
		: JSON.stringify(value);
}

const corpus = process.env.OPENAPI_CORPUS ?? path.join(root, '../shared/openapi-corpus');
const documents = [
	...readdirSync(path.join(root, 'nodes')).map((vendor) =>
		path.join(
			root,
			'nodes',
			vendor,
			readdirSync(path.join(root, 'nodes', vendor)).find((file) => file.endsWith('.openapi.yaml')) as string,
		),
	),
	...(existsSync(corpus) ? [...shareOf(readdirSync(corpus), 4)].map((file) => path.join(corpus, file)) : []),
].map((file) => [path.basename(file), file]);

describe("The generated forms keep n8n's rules for parameters", () => {
	it.each(documents)('%s', async (name, file) => {
		const { text, overlay } = readFiles(file);
		// Our own documents have several operations, and more parameters than the vendors'.
		const own = file.startsWith(path.join(root, 'nodes'));
		const { properties, trigger = [] } = own
			? compileVendor(text, name, overlay)
			: { properties: describeDocument(text, name).node.properties };
		const code =
			`import type { INodeType, INodeTypeDescription } from 'n8n-workflow';\n\nexport class Acme implements INodeType ` +
			`{\n\tdescription: INodeTypeDescription = {\n\t\tdisplayName: 'Acme',\n\t\tname: 'acme',\n\t\tproperties: ` +
			`${source([...properties, ...trigger])},\n\t};\n}\n`;
		const [{ messages }] = await eslint.lintText(code, { filePath: path.join(root, 'nodes/Acme/Acme.node.ts') });
		const lines = code.split('\n');
		expect(messages.map(({ ruleId, message, line }) => `${ruleId}: ${message} ${lines[line - 1].trim()}`)).toEqual([]);
	});
});

describe('A description is made of what the document says', () => {
	it.each([
		['One sentence.', 'One sentence'],
		['first part. Second part. Third part.', 'First part. Second part.'],
		['See [the docs](https://x.test) for `client_id`.', 'See the docs for client_id'],
		['<b>Bold</b> text, e.g. this one.', 'Bold text, e.g. this one'],
		['The id of the url.', 'The ID of the URL'],
		['Sent to /a/{id}. It is used.', 'It is used'],
		['', undefined],
		[undefined, undefined],
	])('%j becomes %j', (text, sentence) => expect(sentenceOf(text)).toBe(sentence));
});
