import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../model';
import { labelOf } from '../../model/names';
import { CONCURRENT, CREDENTIALS, RETRIES, TIMEOUT } from '../../model/layout';
import { collectionOf, controlsOf } from './controls';
import { layOut, type LaidOut } from './form';
import { isLikeCredentialName } from '../text/credentialNames';
import { withLiterals } from '../text/literals';
import { withStored } from './stored';

/**
 * The options that every operation has in addition to the vendor's fields.
 * @param concurrent how many requests the vendor accepts at once, if its document says so
 */
export function optionsOf(concurrent = CONCURRENT): INodeProperties {
	return {
		...OPTIONS,
		options: (OPTIONS.options as INodeProperties[]).map((option) =>
			option.name === 'concurrent' ? { ...option, default: concurrent } : option,
		),
	};
}

const OPTIONS: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: true,
			description: 'Whether to check everything and return the request, with secrets masked, instead of sending it',
		},
		{
			displayName: 'Max Concurrent Requests',
			name: 'concurrent',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100 },
			default: CONCURRENT,
			description: 'How many items are sent at the same time',
		},
		{
			displayName: 'Max Retries',
			name: 'retries',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 20 },
			default: RETRIES,
			description:
				'How often an item is sent again when the vendor is too busy or cannot be reached. A request that may have done its ' +
				'work is only repeated where that makes nothing twice.',
		},
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: TIMEOUT,
			description: 'How long to wait for the answer, in milliseconds',
		},
		{
			displayName: 'Uncertain Items',
			name: 'uncertain',
			type: 'options',
			options: [
				{ name: 'Hold Back', value: 'hold', description: 'Look whether the record is there, or leave the item to you' },
				{ name: 'Send Again', value: 'send', description: 'You have looked, and it is not there' },
			],
			default: 'hold',
			description:
				'What to do with an item whose request may have done its work although it failed, when n8n runs the node again ' +
				'(Retry, or Retry On Fail)',
		},
	],
};

/**
 * Places the credentials first, since the dropdowns below need one. Without this parameter, n8n would show them right
 * above the one that says where secrets come from, because one credential depends on it.
 */
const CREDENTIALS_FIRST: INodeProperties = { displayName: 'Credentials', name: CREDENTIALS, type: 'credentials', default: '' };

/** The credentials, and the parameters Resource and Operation. */
export function selectors(operations: Operation[]): INodeProperties[] {
	const resources = resourcesOf(operations);
	return withLiterals([
		CREDENTIALS_FIRST,
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map((resource) => ({ name: labelOf(resource), value: resource })),
			default: resources[0],
		},
		...resources.map((resource): INodeProperties => {
			const own = operations.filter((operation) => operation.resource === resource);
			return {
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: [resource] } },
				options: own
					.flatMap((one) => (one.identity ? [one, one.identity] : [one]))
					.map(({ name, operation: value, action, description }) => ({ name, value, action, description }))
					.sort((a, b) => Number(b.value === 'create') - Number(a.value === 'create') || a.name.localeCompare(b.name, 'en')),
				default: own.some((one) => one.operation === 'create') ? 'create' : own[0].operation,
			};
		}),
	]);
}

/**
 * The resources in the order of n8n's node panel, which lists the actions of the first resource first: credentials,
 * what is like a credential and can be created, what else can be created, and what can only be looked up.
 */
function resourcesOf(operations: Operation[]): string[] {
	const created = new Set(operations.filter(({ operation }) => operation === 'create').map(({ resource }) => resource));
	const rank = (resource: string) => (resource === 'credential' ? 0 : !created.has(resource) ? 3 : isLikeCredentialName(resource) ? 1 : 2);
	return [...new Set(operations.map(({ resource }) => resource))].sort().sort((a, b) => rank(a) - rank(b));
}

/** Whether a parameter picks whom the credential is for, or where it belongs: a broader choice than what kind of credential it is. */
function isWho({ type, displayName, displayOptions }: INodeProperties): boolean {
	return (
		type === 'resourceLocator' &&
		displayOptions === undefined &&
		/^(User|Customer|Organization|Tenant|Workspace|Provider)\b/.test(displayName)
	);
}

/** One operation with its parameters, shown only for that operation. */
export function formOf(operation: Operation): LaidOut {
	const show = {
		resource: [operation.resource],
		operation: [operation.operation, ...(operation.identity ? [operation.identity.operation] : [])],
	};
	const form = layOut(operation, collectionOf(operation));
	// Optional fields come last, and who it is for comes first.
	const optional = form.properties.filter(({ type }) => type === 'collection');
	const own = form.properties.filter(({ type }) => type !== 'collection');
	const all = withStored([...own.filter(isWho), ...own.filter((one) => !isWho(one)), ...controlsOf(operation), ...optional]);
	const properties = withLiterals(all).map((property) => ({
		...property,
		displayOptions: { ...property.displayOptions, show: { ...show, ...property.displayOptions?.show } },
	}));
	return { ...form, properties };
}
