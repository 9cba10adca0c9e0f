import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { pageOf } from '../../../../cli/scaffold/page';
import { asStored } from '../../../../engine/tools/resolve';
import { growth, LINEAR } from '../../../support/growth';

/** A form with a collection of so many fields. */
function formOf(fields: number): INodeProperties[] {
	const options = Array.from({ length: fields }, (_, index): INodeProperties => {
		return { displayName: `Field ${index}`, name: `field${index}`, type: 'string', default: '', description: `Field number ${index}` };
	});
	const choice = (name: string) => ({
		displayName: name,
		name,
		type: 'options' as const,
		default: 'a',
		options: [{ name: 'A', value: 'a' }],
	});
	return [choice('resource'), { ...choice('operation'), displayOptions: { show: { resource: ['a'] } } }, collection(options)];
}

function collection(options: INodeProperties[]): INodeProperties {
	return { displayName: 'Fields', name: 'fields', type: 'collection', default: {}, options };
}

describe('A document with many properties costs what their number costs', () => {
	it("where the vendor's page is written", () => {
		const credential = { displayName: 'Acme API', properties: [] };
		const page = (fields: number) => pageOf('Acme', credential, formOf(fields), 'https://example.com');
		expect(page(2)).toContain('| Field 1 | Field number 1. |');
		expect(growth(30_000, (size) => () => page(size))).toBeLessThan(LINEAR);
	});

	it('where n8n reads parameters for a test', () => {
		const description = (fields: number) =>
			({ displayName: 'Acme', name: 'acme', version: 1, properties: formOf(fields) }) as unknown as INodeTypeDescription;
		const parameters = { resource: 'a', operation: 'a', fields: { field1: 'x' } };
		expect(asStored(description(2), parameters)).toEqual({ fields: { field1: 'x' } });
		expect(
			growth(5000, (size) => {
				const node = description(size);
				return () => asStored(node, parameters);
			}),
		).toBeLessThan(LINEAR);
	});
});
