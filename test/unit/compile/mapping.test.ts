import * as fs from 'node:fs';
import * as path from 'node:path';

import type { INodeProperties } from 'n8n-workflow';
import { describe as describeOperation } from '../../../engine/tools';

/** The table of docs/architecture.md: a schema, the kind of its field, and the n8n parameter. */
const table = fs
	.readFileSync(path.resolve(__dirname, '../../../docs/architecture.md'), 'utf8')
	.split('\n')
	.flatMap((line) => {
		const cells = /^\| `(\{.*\})`(, required)? \| (\w+) \| ([^|]+) \| [^|]+ \|$/.exec(line);
		return cells ? [{ schema: cells[1], isRequired: cells[2] !== undefined, kind: cells[3], parameter: cells[4] }] : [];
	});

/** What becomes of a property `value` of a body: its field, and its parameter, in Additional Fields where it is optional. */
function compiled(schema: unknown, isRequired: boolean) {
	const properties = { name: { type: 'string' }, value: schema };
	const content = { 'application/json': { schema: { type: 'object', required: isRequired ? ['name', 'value'] : ['name'], properties } } };
	const operation = { operationId: 'createThing', requestBody: { required: true, content }, responses: { 200: { description: 'Made' } } };
	const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { '/things': { post: operation } } };
	const described = describeOperation(JSON.stringify(document), 't.json', 'POST /things');
	const [{ field: body }] = described.operation.inputs;
	const field = body.kind === 'object' ? body.fields.find(({ name }) => name === 'value') : undefined;
	const collections = described.node.properties.filter(({ type }) => type === 'collection');
	const offered = collections.flatMap(({ options = [] }) => options as INodeProperties[]);
	return { kind: field?.kind, property: [...described.node.properties, ...offered].find(({ name }) => name === 'value') };
}

/** The n8n parameter as the table writes it. */
function written(property: INodeProperties | undefined, kind: string): string {
	if (!property) return 'none';
	const { type, typeOptions } = property;
	const [inner] = (property.options ?? []) as Array<{ values?: INodeProperties[] }>;
	const rows = inner?.values ?? [];
	const within = rows.flatMap(({ options = [] }) => options as Array<{ values?: INodeProperties[] }>);
	const several = typeOptions?.multipleValues === true;
	if (typeOptions?.password) return `\`${type}\`, masked`;
	if (kind === 'enum' && /Other/.test(JSON.stringify(property.options))) return `\`${type}\`, with Other`;
	if (kind === 'record')
		return `\`${type}\`, rows of ${within
			.find(({ values }) => values)
			?.values?.map(({ name }) => name)
			.join(' and ')}`;
	if (kind === 'union') return `\`${type}\` with ${rows[0]?.type === 'options' ? 'a selector' : 'nothing'}`;
	if (several) return `\`${type}\`, several ${type === 'fixedCollection' ? 'rows' : 'values'}`;
	return `\`${type}\``;
}

test('the table has every kind of field', () => {
	const model = fs.readFileSync(path.resolve(__dirname, '../../../engine/model/field.ts'), 'utf8');
	const kinds = [...model.matchAll(/\treadonly kind: '(\w+)'/g)];
	expect(kinds.length).toBeGreaterThan(8);
	expect(kinds.map(([, kind]) => kind).filter((kind) => !table.some((row) => row.kind === kind))).toEqual([]);
});

test.each(table)('docs/architecture.md: $schema is $kind, and $parameter', ({ schema, isRequired, kind, parameter }) => {
	const found = compiled(JSON.parse(schema), isRequired);
	expect({ kind: found.kind, parameter: written(found.property, kind) }).toEqual({ kind, parameter });
});
