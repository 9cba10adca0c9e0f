import type { INodeProperties } from 'n8n-workflow';
import { compileVendor } from '../../../../engine/compile';
import { describe as describeOperation, parametersFor, requestFor } from '../../../../engine/tools';

/** A document whose maps get their names from the vendor: one in view, one optional, one in a list, one beside fields. */
const TEXT = `
openapi: 3.1.0
info: { title: Acme, version: '1' }
x-n8n-credential: acmeApi
servers: [{ url: https://api.example.com }]
paths:
  /things/{kind}:
    post:
      operationId: createThing
      x-n8n-operation: { resource: credential, operation: create }
      parameters:
        - { name: kind, in: path, required: true, schema: { type: string } }
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [shown]
              properties:
                plan: { type: string }
                shown:
                  type: object
                  x-n8n-secret: true
                  additionalProperties: true
                  x-n8n-fields-from: { operation: getKind, with: { plan: /body/plan }, properties: /fields, name: /name }
                optional:
                  type: object
                  additionalProperties: { type: string }
                  x-n8n-fields-from: { operation: getKind, properties: /fields, name: /name }
                nested:
                  type: object
                  additionalProperties: { type: object, additionalProperties: true }
                  x-n8n-fields-from: { operation: getKind, properties: /fields, name: /name }
                list:
                  type: array
                  items:
                    type: object
                    additionalProperties: true
                    x-n8n-fields-from: { operation: getKind, properties: /fields, name: /name }
                beside:
                  type: object
                  properties: { own: { type: string } }
                  additionalProperties: true
                  x-n8n-fields-from: { operation: getKind, properties: /fields, name: /name }
      responses: { '201': { description: done } }
  /kinds/{kind}:
    get:
      operationId: getKind
      parameters:
        - { name: kind, in: path, required: true, schema: { type: string } }
        - { name: plan, in: query, schema: { type: string } }
        - { name: Authorization, in: header, required: true, schema: { type: string } }
      responses:
        '200':
          description: fields
          content: { application/json: { schema: { type: object } } }
`;

const { properties, vendor } = compileVendor(TEXT, 'acme.yaml');
const named = (name: string) => properties.filter((one) => one.name === name);
const options = (property: INodeProperties) => (property.options as Array<{ name: string; value: string }>).map(({ value }) => value);
const described = describeOperation(TEXT, 'acme.yaml', 'POST /things/{kind}');
const mapped = (value: object, mappingMode = 'defineBelow') => ({ mappingMode, value, matchingColumns: [], schema: [] }) as never;

describe('The resource mapper of a map whose names are fetched', () => {
	it('is a choice of its selector, and says where it masks nothing', () => {
		const [selector] = named('specifyShown');
		expect(options(selector)).toEqual(['fields', 'mapper', 'json']);
		expect(selector.default).toBe('fields');
		const labels = (selector.options as Array<{ name: string }>).map(({ name }) => name);
		expect(labels[1]).toBe('Using All Fields (Values Visible)');
		expect(named('shownMapper')[0]).toMatchObject({ type: 'resourceMapper', displayOptions: { show: { specifyShown: ['mapper'] } } });
	});

	it('stands at the root for an optional map, with a selector of its own', () => {
		const [selector] = named('specifyOptional');
		expect(options(selector)).toEqual(['fields', 'mapper']);
		expect((selector.options as Array<{ name: string }>).map(({ name }) => name)).toEqual(['Under Additional Fields', 'Using All Fields']);
		expect(named('optionalMapper')[0]).toMatchObject({ displayOptions: { show: { specifyOptional: ['mapper'] } } });
	});

	it('is only there where each value is one parameter of the root', () => {
		expect(properties.filter(({ type }) => type === 'resourceMapper').map(({ name }) => name)).toEqual(['optionalMapper', 'shownMapper']);
		expect(JSON.stringify(properties).match(/"resourceMapper"/g)).toHaveLength(4);
	});

	it('fetches its fields again when something changes that they depend on, and nothing else', () => {
		const depends = (name: string) => named(name)[0].typeOptions?.loadOptionsDependsOn;
		expect(depends('shownMapper')).toEqual(['kind', 'additionalFields.plan', 'secretsFrom']);
		expect(depends('optionalMapper')).toEqual(['kind']);
		expect(Object.values(vendor.dynamics).map(({ sources, secret }) => [sources, secret])).toContainEqual([
			['/path/kind', '/body/plan'],
			true,
		]);
	});

	it('comes after the parameter that says where secrets come from', () => {
		const names = properties.map(({ name }) => name);
		expect(names.indexOf('secretsFrom')).toBeGreaterThan(0);
		expect(names.indexOf('secretsFrom')).toBeLessThan(names.indexOf('shownMapper'));
	});
});

describe('The command line', () => {
	const base = { resource: 'credential', operation: 'create', kind: 'a' };

	it('reads what is entered for each field', () => {
		const parameters = { ...base, specifyShown: 'mapper', shownMapper: mapped({ token: 'an-example', empty: null }) };
		const answer = requestFor(described, parameters, { reveal: true });
		expect(answer).toMatchObject({ valid: true, request: { body: { shown: { token: 'an-example' } } } });
		expect(JSON.stringify(requestFor(described, parameters))).not.toContain('an-example');
	});

	it('says that there are no columns to map', () => {
		const answer = requestFor(described, { ...base, specifyShown: 'mapper', shownMapper: mapped({}, 'autoMapInputData') });
		expect(answer).toMatchObject({ valid: false, problems: [{ message: expect.stringContaining('there is none here') as string }] });
	});

	it('writes rows, which give the same request', () => {
		const request = { path: { kind: 'a' }, body: { shown: { token: 'an-example' }, optional: { zone: 'eu' } } };
		const parameters = parametersFor(described, request);
		expect(JSON.stringify(parameters)).not.toContain('apper');
		expect(requestFor(described, parameters, { reveal: true })).toMatchObject({ valid: true, request: { body: request.body } });
	});
});
