import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** How a secret may stand in a text: as it is, in JSON, in JSON within JSON, in a URL, in Base64. */
export function formsOf(secret: string): string[] {
	const json = (text: string) => JSON.stringify(text).slice(1, -1);
	const base64 = [0, 1, 2].map((shift) => {
		// Wherever it begins in what was encoded, its middle looks like one of three.
		const text = Buffer.from('x'.repeat(shift) + secret).toString('base64');
		return text.slice(4, -4);
	});
	return [
		...new Set([
			secret,
			json(secret),
			json(json(secret)),
			encodeURIComponent(secret),
			...base64,
			...secret.split('\n').filter((line) => line.length > 25 && !line.startsWith('---')),
		]),
	];
}

/** Which of these texts or files hold a secret, in any of its forms. */
export function holding(secret: string, places: string[], read: (place: string) => string | Buffer): string[] {
	const forms = formsOf(secret);
	return places.filter((place) => {
		const content = read(place);
		return forms.some((form) => content.includes(form));
	});
}

/** A row as text, by the names of its columns. */
export type Row = Record<string, string>;

/** All rows of all tables of a SQLite database, by the names of the tables. Read with the binding that n8n brings. */
export function rows(n8nFolder: string, file: string): Record<string, Row[]> {
	const script = `
		const { Database, OPEN_READONLY } = require('sqlite3');
		const db = new Database(process.argv[1], OPEN_READONLY);
		const all = (sql) => new Promise((resolve, reject) => db.all(sql, (error, rows) => (error ? reject(error) : resolve(rows))));
		const text = (value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value));
		(async () => {
			const saved = {};
			for (const { name } of await all("select name from sqlite_master where type = 'table'")) {
				const rows = await all('select * from "' + name + '"');
				saved[name] = rows.map((row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, text(value)])));
			}
			process.stdout.write(JSON.stringify(saved));
		})();`;
	return JSON.parse(runScript(n8nFolder, script, file)) as Record<string, Row[]>;
}

/** The same with all rows of a table as one text. */
export function tables(n8nFolder: string, file: string): Record<string, string> {
	const textOf = (row: Row) =>
		Object.entries(row)
			.map(([column, value]) => `"${column}":${value},`)
			.join('\n');
	return Object.fromEntries(Object.entries(rows(n8nFolder, file)).map(([name, all]) => [name, all.map(textOf).join('\n')]));
}

/** A copy of a SQLite database and its log of changes, without what was deleted from it. That database may be in use. */
export function compacted(n8nFolder: string, file: string, copy: string): string {
	for (const ending of ['', '-wal']) if (fs.existsSync(file + ending)) fs.copyFileSync(file + ending, copy + ending);
	const script = `
		const { Database } = require('sqlite3');
		const db = new Database(process.argv[1]);
		db.exec('pragma wal_checkpoint(truncate); vacuum; pragma wal_checkpoint(truncate);', (error) => {
			if (error) throw error;
			db.close();
		});`;
	runScript(n8nFolder, script, copy);
	return copy;
}

function runScript(n8nFolder: string, script: string, file: string): string {
	return execFileSync(process.execPath, ['-e', script, file], { cwd: n8nFolder, encoding: 'utf8', maxBuffer: 2 ** 29 });
}

/** All files below a folder. */
export function filesBelow(folder: string): string[] {
	return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const place = path.join(folder, entry.name);
		return entry.isDirectory() ? filesBelow(place) : entry.isFile() ? [place] : [];
	});
}
