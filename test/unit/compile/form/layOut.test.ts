import { readdirSync } from 'node:fs';
import * as path from 'node:path';
import { compileVendor, readFiles } from '../../../../engine/compile';
import { Document } from '../../../../engine/compile/document/document';
import { layOut } from '../../../../engine/compile/form/form';
import { findOperations } from '../../../../engine/compile/document/find';
import { compileOperation } from '../../../../engine/compile/operation/operations';

const root = path.resolve(__dirname, '../../../../nodes');
const documents = readdirSync(root).map((vendor) => {
	const file = readdirSync(path.join(root, vendor)).find((name) => name.endsWith('.openapi.yaml')) as string;
	return readFiles(path.join(root, vendor, file));
});

function frozen<T>(value: T): T {
	if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
	Object.freeze(value);
	Object.values(value).forEach(frozen);
	return value;
}

/** Names that only a field with parameters has. */
const PLACED = ['key', 'collection', 'wrap', 'selector', 'otherKey', 'jsonKey', 'toggle', 'fileKeys'];

/** The fields below a value of the model: what has a kind. */
function fieldsIn(value: unknown): object[] {
	if (typeof value !== 'object' || value === null) return [];
	return [...('kind' in value ? [value] : []), ...Object.values(value).flatMap(fieldsIn)];
}

describe.each(documents)('$name', ({ text, name, overlay }) => {
	it('is laid out without a change to what was compiled', () => {
		const document = Document.read(text, name, overlay);
		for (const found of findOperations(document)) {
			const operation = frozen(compileOperation(document, found));
			const form = layOut(operation);
			expect(form.operation).toMatchObject(JSON.parse(JSON.stringify(operation)) as object);
			expect(layOut(operation)).toEqual(form);
		}
	});

	it('has no parameters in operations that are only called', () => {
		const { vendor } = compileVendor(text, name, overlay);
		const names = Object.values(vendor.references).flatMap(({ inputs }) =>
			fieldsIn(inputs).flatMap((field) => [field, ('input' in field && field.input) || {}].flatMap(Object.keys)),
		);
		expect(PLACED.filter((name) => names.includes(name))).toEqual([]);
		const shown = vendor.operations.flatMap(({ inputs }) => fieldsIn(inputs).flatMap(Object.keys));
		expect(shown).toContain('key');
	});
});
