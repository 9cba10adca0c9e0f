import * as fs from 'node:fs';
import * as path from 'node:path';

import {
	Workflow,
	type ICredentialType,
	type INode,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeType,
} from 'n8n-workflow';
import { titleCase } from 'title-case';

import type { Vendor } from '../../engine/model';
import { CONTROLS, CREDENTIALS } from '../../engine/model/layout';
import { labelOf } from '../../engine/model/names';
import { SEARCHED } from '../support/searched';
import { operate, seedAlloy, seedMielto, seedNylas, ACME } from '../support/lifecycle';
import { useMockServer } from '../support/vendorTest';

/**
 * n8n's UX guidelines, as far as neither its lint nor test/unit/compile/text/words.test.ts (its lint over the generated forms) looks
 * at them. Over all nodes that package.json registers.
 */
const root = path.resolve(__dirname, '../..');
const { n8n } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as { n8n: { nodes: string[]; credentials: string[] } };

function load<T>(file: string): T {
	const source = path.join(root, file.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	return new (require(source) as { [name: string]: new () => T })[path.basename(source).split('.')[0]]();
}

const all = n8n.nodes.map((file) => {
	const { description, execute } = load<INodeType>(file);
	const folder = path.join(root, path.dirname(file).replace(/^dist\//, ''));
	const generated = path.join(folder, fs.readdirSync(folder).find((name) => name.endsWith('.generated.json')) as string);
	const codex = JSON.parse(fs.readFileSync(path.join(root, file.replace(/^dist\//, '').replace(/\.js$/, '.json')), 'utf8')) as {
		node: string;
		alias: string[];
		categories: string[];
	};
	const { vendor } = JSON.parse(fs.readFileSync(generated, 'utf8')) as { vendor: Vendor };
	return { title: description.displayName, description, codex, vendor, isTrigger: execute === undefined };
});
const nodes = all.filter(({ isTrigger }) => !isTrigger);

/** Every parameter, those within collections and rows too, with the way to it. */
function every(properties: INodeProperties[], place = ''): Array<{ property: INodeProperties; place: string }> {
	return properties.flatMap((property) => {
		const where = `${place}${property.name}`;
		const inner =
			property.type === 'collection'
				? every(property.options as INodeProperties[], `${where}.`)
				: property.type === 'fixedCollection'
					? (property.options as INodePropertyCollection[]).flatMap(({ name, values }) => every(values, `${where}.${name}.`))
					: [];
		return [{ property, place: where }, ...inner];
	});
}

/** The texts in Title Case that a parameter shows beside its own label. */
function titlesOf({ type, options, modes }: INodeProperties): string[] {
	const named =
		type === 'options' || type === 'multiOptions'
			? (options as INodePropertyOptions[] | undefined)?.map(({ name }) => name)
			: type === 'fixedCollection'
				? (options as INodePropertyCollection[]).map(({ displayName }) => displayName)
				: [];
	return [...(named ?? []), ...(modes ?? []).map(({ displayName }) => displayName)];
}

describe.each(all)('$title', ({ description, codex, vendor, isTrigger }) => {
	it('is found, has both icons, and says in one sentence what it does', () => {
		const { name, icon, iconColor, defaults, description: sentence, subtitle, displayName } = description;
		expect(codex.node).toBe(`n8n-nodes-create-credential.${name}`);
		expect(codex.alias).toEqual(expect.arrayContaining(SEARCHED));
		expect(codex.alias.filter((alias, index) => codex.alias.indexOf(alias) !== index)).toEqual([]);
		expect(icon).toEqual({ light: expect.stringMatching(/^file:.*\.svg$/), dark: expect.stringMatching(/^file:.*\.dark\.svg$/) });
		expect(iconColor).toBeUndefined();
		expect(defaults).toEqual({ name: displayName });
		expect(sentence).toMatch(/^[A-Z].*[^.]$/);
		expect(displayName).toBe(titleCase(displayName));
		if (isTrigger) {
			expect([description.group, displayName, subtitle]).toEqual([['trigger'], expect.stringMatching(/ Trigger$/), expect.any(String)]);
			expect(description.usableAsTool).toBeUndefined();
		} else {
			for (const { resource, operation } of vendor.operations) {
				const node: INode = {
					id: '1',
					name: displayName,
					type: name,
					typeVersion: 1,
					position: [0, 0],
					parameters: { resource, operation },
				};
				const nodeTypes = { getByName: () => undefined, getByNameAndVersion: () => undefined, getKnownTypes: () => ({}) };
				const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: nodeTypes as never });
				const under = workflow.expression.getSimpleParameterValue(node, subtitle, 'internal', {}) as string;
				// What the panel calls the operation, in words: "wait until linked: credential".
				expect(under).toBe(
					`${(operation === 'getAll' ? 'get many' : labelOf(operation)).toLowerCase()}: ${labelOf(resource).toLowerCase()}`,
				);
			}
			expect(description.usableAsTool).toBe(true);
		}
	});

	it('writes names of options, rows and modes in Title Case', () => {
		// What is written otherwise stands in code: a value that the vendor has in small letters.
		const titles = every(description.properties).flatMap(({ property, place }) => titlesOf(property).map((title) => ({ place, title })));
		expect(titles.filter(({ title }) => titleCase(title) !== title || !/^[A-Z0-9(]/.test(title))).toEqual([]);
	});

	it('has a description that says more than its label, and placeholders that say what to enter', () => {
		for (const { property, place } of every(description.properties)) {
			const { type, displayName, placeholder, description: text } = property;
			if (type === 'collection') expect([place, placeholder]).toEqual([place, expect.stringMatching(/^Add (option|[A-Z])/)]);
			if (type === 'fixedCollection' && property.typeOptions?.multipleValues)
				expect([place, placeholder]).toEqual([place, expect.stringMatching(/^Add [A-Z]/)]);
			if (text !== undefined) expect([place, text.toLowerCase().replace(/\.$/, '')]).not.toEqual([place, displayName.toLowerCase()]);
			for (const mode of property.modes ?? [])
				if (mode.type === 'string') expect([place, mode.placeholder]).toEqual([place, expect.stringMatching(/^e\.g\. /)]);
		}
	});

	it('lets what exists be picked from a list, or named by its ID', () => {
		for (const { property, place } of every(description.properties).filter((one) => one.property.type === 'resourceLocator')) {
			const [first, ...others] = property.modes ?? [];
			expect([place, first]).toEqual([
				place,
				expect.objectContaining({
					name: 'list',
					type: 'list',
					typeOptions: expect.objectContaining({ searchListMethod: expect.any(String) }),
				}),
			]);
			expect(others.map(({ name }) => name)).toEqual(['id']);
			expect(property.default).toEqual({ mode: 'list', value: '' });
		}
	});
});

/** The values that n8n has for what operations do. */
const USUAL: { [value: string]: string } = {
	create: 'Create',
	upsert: 'Create or Update',
	delete: 'Delete',
	get: 'Get',
	getAll: 'Get Many',
	update: 'Update',
};

describe.each(nodes)('$title: operations', ({ description, vendor }) => {
	it('offers a create as the first action of the panel, that of a credential where there is one, and chooses it in a new node', () => {
		// n8n lists the operations of each resource, in the order of the options (`useActionsGeneration` of its editor).
		const resource = description.properties.find(({ name }) => name === 'resource') as INodeProperties;
		const actions = (resource.options as INodePropertyOptions[]).flatMap(({ value }) => {
			const operation = description.properties.find(
				({ name, displayOptions }) => name === 'operation' && displayOptions?.show?.resource?.includes(value),
			) as INodeProperties;
			return (operation.options as INodePropertyOptions[]).map((option) => [value, option.value, option.action, operation.default]);
		});
		const [first] = actions;
		const created = vendor.operations.filter(({ operation }) => operation === 'create').map((operation) => operation.resource);
		if (created.includes('credential')) expect(first).toEqual(['credential', 'create', 'Create credential', 'create']);
		else if (created.length > 0) expect(first).toEqual([created.find((one) => one === first[0]), 'create', expect.any(String), 'create']);
		expect(resource.default).toBe(first[0]);
	});

	const [first, ...properties] = description.properties;
	const resources = (properties[0].options ?? []) as INodePropertyOptions[];
	const selectors = properties.filter(({ name }) => name === 'operation');
	const operations = selectors.flatMap(({ options, displayOptions }) =>
		(options as INodePropertyOptions[]).map((option) => ({ ...option, resource: displayOptions?.show?.resource?.[0] as string })),
	);
	const models = vendor.operations.flatMap((one) => [one, ...(one.identity ? [{ ...one, ...one.identity }] : [])]);

	it('begin with Resource and Operation, which take no expression', () => {
		expect([first.name, properties[0].name]).toEqual([CREDENTIALS, 'resource']);
		expect(properties.slice(1, 1 + selectors.length)).toEqual(selectors);
		expect([properties[0], ...selectors].every(({ noDataExpression, type }) => noDataExpression === true && type === 'options')).toBe(true);
		expect(selectors.map(({ displayOptions }) => displayOptions)).toEqual(resources.map(({ value }) => ({ show: { resource: [value] } })));
		for (const { name } of resources) expect(name).toMatch(/^[A-Z][a-z]+( [A-Z][a-z]+)*$/);
	});

	it('have the values and names that n8n has for them', () => {
		for (const { name, value } of operations) {
			if (USUAL[String(value)] !== undefined) expect(name).toBe(USUAL[String(value)]);
			else expect(Object.values(USUAL)).not.toContain(name);
		}
	});

	it('have an action that names the object, without an article', () => {
		for (const { action = '', name, resource, value } of operations) {
			const noun = (resources.find((one) => one.value === resource)?.name ?? '').toLowerCase();
			expect(action.toLowerCase()).toContain(noun);
			expect(action).toMatch(/^[A-Z][a-z ]+$/);
			// A sentence of its own reads badly without.
			if (value !== 'waitUntilLinked') expect(action).not.toMatch(/\b(a|an|the)\b/i);
			expect(action).not.toBe(name);
		}
	});

	it('have a description in other words than the name', () => {
		for (const { action = '', name, description: text = '' } of operations) {
			expect(text).toMatch(/^[A-Z]/);
			expect([name.toLowerCase(), action.toLowerCase()]).not.toContain(text.toLowerCase());
		}
	});

	it('take what exists already by a list or an ID', () => {
		// A vendor that was added just now has no lists to pick from yet.
		if (Object.keys(vendor.lookups).length === 0) return;
		for (const { resource, operation, inputs } of models) {
			for (const { field } of inputs.filter((input) => input.in === 'path')) {
				const shown = properties.filter(({ name }) => 'key' in field && name === field.key);
				expect([resource, operation, field.name, shown.map(({ type }) => type)]).toEqual([
					resource,
					operation,
					field.name,
					shown.map(() => 'resourceLocator'),
				]);
			}
		}
	});

	it('that list have Return All and Limit', () => {
		for (const { resource, operation } of models.filter((one) => one.operation === 'getAll')) {
			const shown = properties.filter(({ displayOptions }) => {
				const { show = {} } = displayOptions ?? {};
				return show.operation?.includes(operation) && (show.resource === undefined || show.resource.includes(resource));
			});
			expect([resource, shown.find(({ name }) => name === CONTROLS.all)]).toEqual([
				resource,
				expect.objectContaining({ displayName: 'Return All', type: 'boolean', default: false }),
			]);
			const limit = shown.find(({ name }) => name === CONTROLS.limit);
			expect([resource, limit]).toEqual([
				resource,
				expect.objectContaining({ displayName: 'Limit', type: 'number', default: 50, typeOptions: { minValue: 1 } }),
			]);
			expect(limit?.displayOptions?.show?.[CONTROLS.all]).toEqual([false]);
		}
	});
});

describe('More than ten fields are simplified', () => {
	const mockServer = useMockServer();
	/** What is beside the vendor's own fields. */
	const OURS = ['credentialId', 'userId', 'connectorId', 'organizationId', 'link', 'vendor', 'outcome'];

	it.each<[string, string, { [name: string]: string }]>([
		['nylas', 'credential.get', { provider: 'google', id: 'id-1' }],
		['nylas', 'credential.getAll', { provider: 'google' }],
		['nylas', 'connector.get', { provider: 'google' }],
		['nylas', 'connector.getAll', {}],
		['arklow', 'organization.getAll', {}],
		['mielto', 'credential.getAll', {}],
		['alloyEmbedded', 'credential.getAll', { userId: ACME }],
		['alloyEmbedded', 'user.get', { userId: ACME }],
		['alloyEmbedded', 'user.getAll', {}],
		['alloyConnectivity', 'credential.getAll', { connectorId: 'slack', xAlloyUserid: ACME }],
		['alloyConnectivity', 'connector.getAll', {}],
		['alloyConnectivity', 'user.get', { userId: ACME }],
		['alloyConnectivity', 'user.getAll', {}],
	])('%s, %s', async (vendor, which, parameters) => {
		seedNylas(mockServer.current, 1);
		seedMielto(mockServer.current, 1);
		seedAlloy(mockServer.current, 'alloyEmbedded', 'c-1', { userId: ACME });
		seedAlloy(mockServer.current, 'alloyConnectivity', 'c-2', { userId: ACME });
		const { items } = await operate(vendor, mockServer.url, which, parameters);
		expect(items.length).toBeGreaterThan(0);
		for (const { json, pairedItem } of items) {
			expect(Object.keys(json).filter((name) => !OURS.includes(name)).length).toBeLessThanOrEqual(10);
			expect(pairedItem).toEqual({ item: 0 });
		}
		const whole = await operate(vendor, mockServer.url, which, { ...parameters, simplify: false });
		const [resource, operation] = which.split('.');
		const offered = nodes
			.find(({ description }) => description.name === vendor)
			?.description.properties.some(
				({ name, displayOptions }) =>
					name === CONTROLS.simplify &&
					displayOptions?.show?.operation?.includes(operation) &&
					(displayOptions.show.resource ?? [resource]).includes(resource),
			);
		expect(offered).toBe(whole.items.some(({ json }) => Object.keys(json).filter((name) => !OURS.includes(name)).length > 10));
	});
});

test.each(n8n.credentials)("%s speaks n8n's language", (file) => {
	const { displayName, icon, documentationUrl, properties } = load<ICredentialType>(file);
	expect(displayName).toBe(titleCase(displayName));
	expect(icon).toEqual({ light: expect.stringMatching(/\.svg$/), dark: expect.stringMatching(/\.dark\.svg$/) });
	expect(documentationUrl).toMatch(/^https:/);
	for (const { property } of every(properties)) {
		expect(property.displayName).toBe(titleCase(property.displayName));
		for (const title of titlesOf(property)) expect(title).toBe(titleCase(title));
		if (property.type === 'boolean') expect(property.description).toMatch(/^Whether /);
		if (property.description && !/[.!?] /.test(property.description)) expect(property.description).not.toMatch(/\.$/);
	}
});
