import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const rows = [...read('docs/promises.md').matchAll(/^\| .+ \| `(test\/[^`]+)`(?:: (.+))? \|$/gm)].map(([, file, title]) => ({
	file,
	title,
}));

describe('docs/promises.md', () => {
	test('has every promise in a row that names its test', () => {
		const promises = read('docs/promises.md')
			.split('\n')
			.filter((line) => /^\| /.test(line) && !line.startsWith('| Promise'));
		expect(rows).toHaveLength(promises.length);
	});

	test('names tests that there are', () => {
		const missing = rows.filter(
			({ file, title }) => !existsSync(path.join(root, file)) || (title !== undefined && !read(file).includes(title)),
		);
		expect(missing).toEqual([]);
	});
});
