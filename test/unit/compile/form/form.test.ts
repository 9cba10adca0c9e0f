import { readdirSync } from 'node:fs';
import * as path from 'node:path';
import { NodeHelpers, type INode, type INodeParameters, type INodeProperties } from 'n8n-workflow';
import { compileVendor, readFiles } from '../../../../engine/compile';
import { CONTROLS, storedKey } from '../../../../engine/model/layout';

const root = path.resolve(__dirname, '../../../../nodes');
const forms = readdirSync(root).map((vendor) => {
	const file = readdirSync(path.join(root, vendor)).find((name) => name.endsWith('.openapi.yaml')) as string;
	const { text, name, overlay } = readFiles(path.join(root, vendor, file));
	return { folder: vendor, ...compileVendor(text, name, overlay) };
});

/** Every parameter with the names of its level. */
function everyParameter(
	properties: INodeProperties[],
	level = 'root',
): Array<{ property: INodeProperties; siblings: string[]; level: string }> {
	const siblings = properties.map(({ name }) => name);
	return properties.flatMap((property) => [
		{ property, siblings, level },
		...(property.type === 'collection' ? everyParameter(property.options as INodeProperties[], 'collection') : []),
		...(property.type === 'fixedCollection'
			? (property.options as Array<{ values: INodeProperties[] }>).flatMap(({ values }) => everyParameter(values, 'row'))
			: []),
	]);
}

/** The parameters that n8n shows for these values. */
function shown(form: (typeof forms)[number], values: INodeParameters): INodeProperties[] {
	const node = { id: '1', name: 'n', type: 't', typeVersion: 1, position: [0, 0], parameters: values } as INode;
	const description = { properties: form.properties } as never;
	const all = NodeHelpers.getNodeParameters(form.properties, values, true, false, node, description) as INodeParameters;
	return form.properties.filter((property) => NodeHelpers.displayParameter(all, property, node, description));
}

/** The parameters of fields that are optional and in view all the same. */
function shownKeys(value: unknown): string[] {
	if (typeof value !== 'object' || value === null) return [];
	const { shown: isShown, key } = value as { shown?: boolean; key?: string };
	return [...(isShown && key ? [key, storedKey(key)] : []), ...Object.values(value).flatMap(shownKeys)];
}

/** What an operation has beside the vendor's fields: always there, with a default. */
const controls: string[] = Object.values(CONTROLS);

describe.each(forms)('The form of $folder', (form) => {
	it('asks for whom first, and where secrets come from right before the first of them', () => {
		for (const { resource, operation } of form.vendor.operations) {
			const own = form.properties.filter(
				({ name, displayOptions }) =>
					name !== 'operation' && displayOptions?.show?.resource?.includes(resource) && displayOptions.show.operation?.includes(operation),
			);
			// A resource mapper masks nothing: that it can hold names of secrets shows in what it depends on.
			const isMapper = ({ typeOptions }: INodeProperties) => typeOptions?.loadOptionsDependsOn?.includes('secretsFrom') === true;
			const isSecret = (property: INodeProperties) =>
				isMapper(property) || everyParameter([property]).some((one) => one.property.typeOptions?.password === true);
			const first = own.findIndex(isSecret);
			expect([operation, own.findIndex(({ name }) => name === 'secretsFrom')]).toEqual([operation, first === -1 ? -1 : first - 1]);
			const afterwards = first === -1 ? [] : own.slice(first).filter(({ type }) => type !== 'collection');
			const openly = afterwards.filter(
				(property) =>
					!isMapper(property) &&
					!everyParameter([property]).some((one) =>
						Object.keys(one.property.displayOptions?.show ?? {}).some((name) => /secretsFrom$/.test(name)),
					),
			);
			expect([operation, openly.map(({ name }) => name)]).toEqual([operation, []]);
			const who = own.map(({ displayName, type }) => type === 'resourceLocator' && /^(User|Organization|Provider)\b/.test(displayName));
			expect([operation, who.lastIndexOf(true)]).toEqual([operation, who.filter(Boolean).length - 1]);
		}
	});

	it('shows a parameter by siblings, or by parameters of the root', () => {
		const roots = form.properties.map(({ name }) => `/${name}`);
		for (const { property, siblings, level } of everyParameter(form.properties)) {
			const named = Object.values(property.displayOptions ?? {}).flatMap((rule) => Object.keys(rule as object));
			const allowed = level === 'root' ? siblings : [...(level === 'row' ? siblings : []), ...roots];
			expect(named.filter((name) => !allowed.includes(name))).toEqual([]);
		}
	});

	it('shows each name once, whatever is selected', () => {
		const selectors = form.properties.filter(({ type }) => type === 'options');
		for (const selector of selectors) {
			for (const { value } of (selector.options ?? []) as Array<{ value: string }>) {
				const names = shown(form, { [selector.name]: value }).map(({ name }) => name);
				expect(names.length).toBe(new Set(names).size);
			}
		}
	});

	it('keeps every optional field in a collection, unless its document wants it in view', () => {
		const inView = shownKeys(form.vendor.operations);
		const optional = form.properties.filter(
			({ required, type, name }) =>
				!required && ['string', 'number', 'dateTime'].includes(type) && !controls.includes(name) && !inView.includes(name),
		);
		// Those that are there twice are required, but for a branch that an expression selects.
		for (const { name } of optional) expect(form.properties.some((other) => other.name === name && other.required)).toBe(true);
	});

	it('masks what is secret and nothing in the names', () => {
		const masked = everyParameter(form.properties).filter(({ property }) => property.typeOptions?.password);
		for (const { property } of masked) expect(property.type).toBe('string');
	});

	it('has words in the style of n8n', () => {
		for (const { property } of everyParameter(form.properties)) {
			const { displayName, description, type, placeholder } = property;
			expect(displayName).toMatch(/^[A-Z(]/);
			expect(description).not.toBe(displayName);
			if (description && !/[.!?] /.test(description)) expect(description).not.toMatch(/\.$/);
			if (type === 'boolean') expect(description).toMatch(/^Whether /);
			if (placeholder && !placeholder.startsWith('Add ')) expect(placeholder).toMatch(/^e\.g\. /);
		}
	});
});

it('masks something in most forms: some vendors take no secret', () => {
	const masking = forms.filter(({ properties }) => everyParameter(properties).some(({ property }) => property.typeOptions?.password));
	expect(masking.length).toBeGreaterThan(forms.length / 2);
});

describe('A union shows the fields of the chosen branch only', () => {
	const labels = (vendor: string, values: INodeParameters) =>
		shown(forms.find(({ folder }) => folder === vendor) as (typeof forms)[number], values).map(({ displayName }) => displayName);

	it.each<[string, INodeParameters, string[]]>([
		[
			'Nylas',
			{ credentialType: 'connector' },
			['Provider', 'Credential Type', 'Name', 'Specify Credential Data', 'Client ID', 'Client Secret'],
		],
		[
			'Nylas',
			{ credentialType: 'serviceaccount' },
			['Provider', 'Credential Type', 'Name', 'Specify Credential Data', 'Private Key ID', 'Client Email', 'Private Key'],
		],
		[
			'Nylas',
			{ credentialType: 'serviceaccount', specifyCredentialData: 'json' },
			['Provider', 'Credential Type', 'Name', 'Specify Credential Data', 'Credential Data (JSON)'],
		],
		['Nylas', { credentialType: 'adminconsent' }, ['Provider', 'Credential Type', 'Name', 'Specify Credential Data', 'Tenant']],
		[
			'Arklow',
			{ type: 'aws' },
			['Organization', 'Type', 'Specify Metadata', 'Metadata', 'Specify Secret', 'AWS Access Key ID', 'AWS Secret Access Key'],
		],
		[
			'Arklow',
			{ type: 'metric' },
			['Organization', 'Type', 'Specify Metadata', 'Metadata', 'Specify Secret', 'API Key', 'Application Key'],
		],
		['Arklow', { type: 'gcp_sa' }, ['Organization', 'Type', 'Specify Metadata', 'Metadata', 'Specify Secret', 'Secret (JSON)']],
		[
			'Arklow',
			{ type: 'custom', secretTypeCustom: 'text' },
			['Organization', 'Type', 'Specify Metadata', 'Metadata', 'Custom Type', 'Provider', 'Secret Type', 'Secret'],
		],
		[
			'AlloyEmbedded',
			{ credentialConnectorFields: 'netSuite' },
			[
				'User',
				'Specify Credential',
				'Connector',
				'Connector Fields',
				'Specify Connector Fields',
				'Realm',
				'Consumer Key',
				'Token ID',
				'Token Secret',
			],
		],
		['AlloyEmbedded', { credentialConnectorFields: 'none' }, ['User', 'Specify Credential', 'Connector', 'Connector Fields']],
		[
			'Arklow',
			{ type: 'custom', secretTypeCustom: 'none' },
			['Organization', 'Type', 'Specify Metadata', 'Metadata', 'Custom Type', 'Provider', 'Secret Type'],
		],
	])('%s with %j', (vendor, values, expected) => {
		const rest = ['Credentials', 'Resource', 'Operation', 'Additional Fields', 'Options', 'Secrets From'];
		expect(labels(vendor, values).filter((label) => !rest.includes(label))).toEqual(expected);
	});

	it('and of every branch where the selector is an expression, none of them required', () => {
		const form = forms.find(({ folder }) => folder === 'Nylas') as (typeof forms)[number];
		const branch = shown(form, { credentialType: '={{ $json.type }}' }).filter(({ name }) => name.startsWith('credentialData'));
		expect(new Set(branch.map(({ name }) => name))).toEqual(
			new Set([
				'credentialDataJson',
				'credentialDataClientId',
				'credentialDataClientSecret',
				'credentialDataPrivateKeyId',
				'credentialDataPrivateKey',
				'credentialDataClientEmail',
				'credentialDataTenant',
			]),
		);
		expect(branch.filter(({ required }) => required)).toEqual([]);
	});
});
