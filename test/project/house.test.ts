import * as fs from 'node:fs';
import * as path from 'node:path';

import ts from 'typescript';

/** How the engine is built: rooms that build on each other, and files and functions that can be read at once. */
const ROOT = path.resolve(__dirname, '../..');
const MOST_LINES = 300;
const MOST_LINES_OF_A_FUNCTION = 60;

const files = ['engine', 'cli'].flatMap((folder) =>
	fs
		.readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => path.join(ROOT, folder, file)),
);
const sources = new Map(
	files.map((file) => [file, ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)]),
);
const short = (file: string) => path.relative(ROOT, file);

/** The files that a file imports, for values and for types. */
function importsOf(file: string): string[] {
	return (sources.get(file) as ts.SourceFile).statements.flatMap((statement) => {
		const from = (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) && statement.moduleSpecifier;
		if (!from || !ts.isStringLiteral(from) || !from.text.startsWith('.')) return [];
		const base = path.join(path.dirname(file), from.text);
		return [`${base}.ts`, path.join(base, 'index.ts')].filter((one) => sources.has(one));
	});
}

/** The files on the way from a file back to itself; nothing where there is no such way. */
function circleFrom(start: string): string[] | undefined {
	const seen = new Set<string>();
	const follow = (file: string, way: string[]): string[] | undefined => {
		for (const next of importsOf(file)) {
			if (next === start) return [...way, file].map(short);
			if (seen.has(next)) continue;
			seen.add(next);
			const circle = follow(next, [...way, file]);
			if (circle) return circle;
		}
		return undefined;
	};
	return follow(start, []);
}

const isCode = (line: string) => line.trim() !== '' && !/^\s*(\/\/|\/\*|\*)/.test(line);

test('no file imports itself by way of others', () => {
	expect(files.length).toBeGreaterThan(80);
	expect(files.flatMap((file) => circleFrom(file) ?? [])).toEqual([]);
});

test('a circle is found', () => {
	const [one, other] = ['engine/one.ts', 'engine/other.ts'].map((file) => path.join(ROOT, file));
	sources.set(one, ts.createSourceFile(one, "import type { A } from './other';", ts.ScriptTarget.Latest));
	sources.set(other, ts.createSourceFile(other, "export { b } from './one';", ts.ScriptTarget.Latest));
	try {
		expect(circleFrom(one)).toEqual(['engine/one.ts', 'engine/other.ts']);
	} finally {
		sources.delete(one);
		sources.delete(other);
	}
});

test('what ships imports nothing of the compiler', () => {
	const shipped = files.filter((file) => /^engine\/(model|run)\//.test(short(file)));
	expect(
		shipped.flatMap((file) =>
			importsOf(file)
				.filter((one) => !/^engine\/(model|run)\//.test(short(one)))
				.map(() => short(file)),
		),
	).toEqual([]);
});

/** The floors of a part of the engine, the highest first, each with its rooms: docs/architecture.md has the picture. */
function floorsOf(part: string): string[][] {
	const text = fs.readFileSync(path.join(ROOT, 'docs/architecture.md'), 'utf8');
	const [, picture = ''] = new RegExp(`\`\`\`floors ${part}\n([^]*?)\n\`\`\``).exec(text) ?? [];
	return picture.split('\n').map((line) => line.split(/ {6}/)[0].split('  '));
}

/** The room of a file: the folder that it lies in, or the file itself where it stands beside the folders. */
function roomOf(file: string, part: string): string | undefined {
	const [engine, first, room] = short(file).split('/');
	return engine === 'engine' && first === part ? room.replace(/\.ts$/, '') : undefined;
}

describe.each(['compile', 'run'])('the rooms of engine/%s', (part) => {
	const floors = floorsOf(part);
	const floorOf = (room: string) => floors.findIndex((rooms) => rooms.includes(room));

	test('are those of the picture', () => {
		const rooms = new Set(files.flatMap((file) => roomOf(file, part) ?? []));
		expect(floors.flat().sort()).toEqual([...rooms].sort());
	});

	test('import from rooms below them, and never from one above or beside', () => {
		const wrong = files.flatMap((file) => {
			const room = roomOf(file, part);
			if (room === undefined) return [];
			return importsOf(file).flatMap((one) => {
				const other = roomOf(one, part);
				return other === undefined || other === room || floorOf(room) < floorOf(other) ? [] : [`${short(file)} imports ${short(one)}`];
			});
		});
		expect(wrong).toEqual([]);
	});
});

test('the model imports nothing but itself', () => {
	const model = files.filter((file) => short(file).startsWith('engine/model/'));
	expect(model.flatMap(importsOf).filter((one) => !short(one).startsWith('engine/model/'))).toEqual([]);
});

test(`no file has more than ${MOST_LINES} lines of code`, () => {
	const long = [...sources].flatMap(([file, { text }]) => {
		const lines = text.split('\n').filter(isCode).length;
		return lines > MOST_LINES ? [`${short(file)}: ${lines}`] : [];
	});
	expect(long).toEqual([]);
});

test(`no function has more than ${MOST_LINES_OF_A_FUNCTION} lines`, () => {
	const long: string[] = [];
	for (const [file, source] of sources) {
		const visit = (node: ts.Node): void => {
			if (ts.isFunctionLike(node) && 'body' in node && node.body) {
				const lines =
					source.getLineAndCharacterOfPosition(node.end).line - source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
				if (lines > MOST_LINES_OF_A_FUNCTION) long.push(`${short(file)}: ${node.name?.getText(source) ?? 'a function'} has ${lines}`);
			}
			ts.forEachChild(node, visit);
		};
		visit(source);
	}
	expect(long).toEqual([]);
});
