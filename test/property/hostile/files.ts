import * as ts from 'typescript';
import { isDeepStrictEqual } from 'node:util';
import { parseDocument } from 'yaml';

/**
 * What is wrong with a file generated from a document: it cannot be parsed, or it has active content where it should only
 * contain the document's text.
 */
export function wrongWith(file: string, text: string): string | undefined {
	if (file.endsWith('.ts')) return wrongWithSource(text);
	if (file.endsWith('.json')) return wrongWithJson(text);
	if (file.endsWith('.yaml')) return wrongWithYaml(text);
	if (file.endsWith('.svg')) return wrongWithSvg(text);
	return file.endsWith('.md') ? wrongWithMarkdown(text) : 'nobody knows what it is';
}

/** Names of functions and objects that generated sources may call. */
const CALLED = new Set([
	'afterAll',
	'beforeAll',
	'beforeEach',
	'describe',
	'it',
	'expect',
	'run',
	'runNode',
	'stopEngine',
	'startMockServer',
	'mockServer',
	'path',
	'Math',
	'Number',
	'JSON',
	'Buffer',
	'URLSearchParams',
	'loadVendor',
	'methodsOf',
	'executeOperations',
]);

function wrongWithSource(text: string): string | undefined {
	const { diagnostics = [] } = ts.transpileModule(text, {
		reportDiagnostics: true,
		compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
	});
	if (diagnostics.length > 0) return ts.flattenDiagnosticMessageText(diagnostics[0].messageText, '\n');
	const source = ts.createSourceFile('a.ts', text, ts.ScriptTarget.ES2022, true);
	const own = new Set([...text.matchAll(/^(?:export class|import \{) (\w+)/gm)].map(([, name]) => name));
	let wrong: string | undefined;
	const look = (node: ts.Node): void => {
		if (ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isTaggedTemplateExpression(node)) {
			let callee: ts.Node = ts.isTaggedTemplateExpression(node) ? node.tag : node.expression;
			while (ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee)) callee = callee.expression;
			if (ts.isIdentifier(callee) ? !CALLED.has(callee.text) && !own.has(callee.text) : !ts.isParenthesizedExpression(callee))
				wrong ??= `calls ${node.getText().slice(0, 100)}`;
		}
		ts.forEachChild(node, look);
	};
	look(source);
	return wrong;
}

function wrongWithJson(text: string): string | undefined {
	try {
		JSON.parse(text);
		return undefined;
	} catch (error) {
		return (error as Error).message;
	}
}

function wrongWithYaml(text: string): string | undefined {
	const parsed = parseDocument(text, { uniqueKeys: true });
	const [first] = [...parsed.errors, ...parsed.warnings];
	if (first) return first.message;
	const value: unknown = parsed.toJS();
	// Writing and reading it again must give the same value.
	return isDeepStrictEqual(parseDocument(parsed.toString({ lineWidth: 0 })).toJS(), value) ? undefined : 'reads as something else';
}

/** What is wrong with an SVG, which may only contain properly closed drawing elements with plain attributes. */
function wrongWithSvg(text: string): string | undefined {
	const open: string[] = [];
	const left = text.replace(
		/<(\/?)(svg|path|circle|g)((?: [\w-]+="[\w#.:/ (),-]*")*)(\/?)>/g,
		(_all, closes: string, name: string, _attributes, closed: string) => {
			if (closes && open.pop() !== name) open.push('?');
			if (!closes && !closed) open.push(name);
			return '';
		},
	);
	return left.trim() === '' && open.length === 0 ? undefined : `has ${JSON.stringify(left.trim().slice(0, 100))} in it`;
}

/** What is wrong with Markdown, which may only contain text, tables with two columns, and links to pages. */
function wrongWithMarkdown(text: string): string | undefined {
	const bare = text.replace(/\\[\\`*[\]<>|~_&]/g, '');
	if (/[<>`]/.test(bare)) return `has markup: ${/.{0,40}[<>`].{0,40}/.exec(bare)?.[0]}`;
	for (const [all, target] of bare.matchAll(/\]\(([^)]*)\)/g))
		if (!/^(https:\/\/[^\s()]+|\.\.\/[\w-]+\.md(#[\w-]+)?|[\w-]+\.md)$/.test(target)) return `leads to ${all}`;
	if (/!\[/.test(bare)) return 'shows a picture';
	for (const line of bare.split('\n'))
		if (line.startsWith('|') && line.split('|').length !== 4) return `has a row of other columns: ${line.slice(0, 100)}`;
	return /[\p{Cc}]/u.test(text.replace(/\n/g, '')) ? 'has control characters' : undefined;
}
