import { compileVendor, isPart } from '../../engine/compile';
import { describe } from '../../engine/tools';
import { Problem } from '../../scripts/n8n/problem';
import { codexOf, linksOf } from './codex';
import { exampleOf } from './example';
import { holdsSecret } from '../../engine/model/layout';
import { icons } from './icon';
import type { NewVendor } from './newVendor';
import { pageOf } from './page';
import { rehearse } from './rehearse';
import { credentialSource, nodeSource } from './sources';
import { testSource } from './testSource';

/** The parts of package.json that the generated files need. */
export interface Manifest {
	name: string;
	homepage?: string;
}

/**
 * The contents of a new vendor's files, by path in the checkout.
 * @throws Problem or DocumentError if one of them would not work
 */
export async function filesOf(
	vendor: NewVendor,
	{ name: packageName, homepage = 'https://docs.n8n.io/' }: Manifest,
): Promise<{ [file: string]: string }> {
	const { name, credential, chosen, document, excerpt } = vendor;
	const { className, key, slug, display } = name;
	const folder = `nodes/${className}`;
	const excerptFile = `${folder}/${key}.openapi.yaml`;
	// The same call as in the build.
	const { vendor: model, properties } = compileVendor(excerpt, excerptFile);
	const { operations } = model;
	const rehearsed = chosen.flatMap(({ found }) => {
		const operation = `${found.method} ${found.path}`;
		const result = rehearse(describe(excerpt, excerptFile, operation));
		if (typeof result !== 'string') return [{ ...result, guarded: isGuarded(found.node.security ?? document.root.security) }];
		vendor.warnings.push(`${operation} has no example and no test, since no valid request could be made up: ${result.replace(/\.$/, '')}`);
		return [];
	});
	for (const { operation, yieldsItem, list } of rehearsed) {
		const { id, link } = operation.result;
		if (id === undefined && link === undefined)
			vendor.warnings.push(missingResult(`${operation.method} ${operation.path}`, excerptFile, yieldsItem || list !== undefined));
	}
	const [first] = rehearsed;
	if (!first)
		throw new Problem(
			`No valid request could be made up for this node, so there is nothing to try it with. ${vendor.warnings.join('. ')}.`,
		);

	const links = linksOf(document, chosen, homepage);
	const { light, dark } = icons(name);
	return {
		[excerptFile]: excerpt,
		[`${folder}/${className}.node.ts`]: await nodeSource({
			name,
			credential: credential.name,
			description: descriptionOf(operations[0].description, display, chosen.length),
			secrets: operations.some(({ inputs }) => inputs.some(({ field }) => holdsSecret(field))),
		}),
		[`${folder}/${className}.node.json`]: json(codexOf(packageName, name, chosen, links)),
		[`credentials/${credential.className}.credentials.ts`]: await credentialSource(name, credential, links.credential),
		[`icons/${key}.svg`]: light,
		[`icons/${key}.dark.svg`]: dark,
		[`docs/vendors/${slug}.md`]: pageOf(display, credential, properties, links.credential),
		[`examples/create-${slug}.json`]: json(exampleOf(packageName, name, credential.name, first.operation.action, first.parameters)),
		[`test/nodes/${key}.test.ts`]: await testSource({ name, credential, operations: rehearsed }),
	};
}

/** Whether every alternative of a security requirement asks for a key, so that nobody gets in without one. */
function isGuarded(security: unknown): boolean {
	return Array.isArray(security) && security.length > 0 && security.every((one) => isPart(one) && Object.keys(one).length > 0);
}

function missingResult(operation: string, file: string, yieldsItem: boolean): string {
	const consequence = yieldsItem ? 'its items have no credentialId' : 'the node takes every answer for "no credential was created"';
	return (
		`The answer of ${operation} names no id that could be found, so ${consequence}. Add x-n8n-result to its response in ` +
		`${file}, for example { record: /data, id: /id }`
	);
}

/** The description in n8n's list of nodes: the operation's own sentence if it is short enough. */
function descriptionOf(operation: string, vendor: string, count: number): string {
	const sentence = operation.replace(/\.$/, '');
	// Some documents begin with the name of a function: "CreateUser creates a user".
	const readable = sentence.length <= 70 && !/[.!?] /.test(sentence) && !/^\w+[a-z][A-Z_]/.test(sentence);
	return count === 1 && readable ? sentence : `Create credentials at ${vendor}`;
}

function json(value: object): string {
	return `${JSON.stringify(value, null, '\t')}\n`;
}
