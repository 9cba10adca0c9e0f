import type { INodeProperties } from 'n8n-workflow';
import type { Identity, Operation, Wait } from '../../model';
import { labelOf } from '../../model/names';
import { CONTROLS, LIMIT, WAIT } from '../../model/layout';
import { withArticle } from '../text/plural';

/** Name of the collection of an operation's optional fields, following n8n's conventions. */
export function collectionOf(operation: Operation): string {
	if (operation.result.records !== undefined) return 'filters';
	return operation.operation === 'update' ? 'updateFields' : 'additionalFields';
}

/** The parameters added to the vendor's own: how much of a list, which record counts as existing, how long to wait. */
export function controlsOf(operation: Operation): INodeProperties[] {
	const { result, identity, wait } = operation;
	const noun = labelOf(operation.resource);
	return [
		...(wait ? waitControls(wait, noun) : result.records !== undefined ? LIST_CONTROLS : []),
		...(identity ? identityControls(identity, noun) : []),
		...(result.simple ? [SIMPLIFY] : []),
	];
}

/** How long to wait for a link to be used, and which new record to wait for. */
function waitControls({ only }: Wait, noun: string): INodeProperties[] {
	const controls: INodeProperties[] = [];
	if (only)
		controls.push({
			displayName: only.label,
			name: CONTROLS.waitFor,
			type: 'string',
			default: '',
			...(only.description ? { description: only.description } : {}),
		});
	controls.push(
		{
			displayName: `Known ${noun} IDs`,
			name: CONTROLS.known,
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $json.knownCredentialIds }}',
			description:
				'IDs that existed before the link was handed out, as the operation that made the link returns them. Without them, ' +
				'what exists at the first look counts as known.',
		},
		{
			displayName: 'Max Wait Time',
			name: CONTROLS.seconds,
			type: 'number',
			typeOptions: { minValue: 0, maxValue: WAIT.most },
			default: WAIT.usual,
			description: "How long to wait, in seconds. For longer, loop with n8n's Wait node.",
		},
		{
			displayName: 'If Not Linked',
			name: CONTROLS.otherwise,
			type: 'options',
			options: [
				{ name: 'Fail', value: 'fail', description: 'End with an error' },
				{ name: 'Return Linked: False', value: 'answer', description: 'Return an item that says so, for a loop' },
			],
			default: 'fail',
			description: 'What to do when the time is over',
		},
	);
	return controls;
}

/** How much of a list to return. */
const LIST_CONTROLS: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: CONTROLS.all,
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: CONTROLS.limit,
		type: 'number',
		typeOptions: { minValue: 1 },
		default: LIMIT,
		description: 'Max number of results to return',
		displayOptions: { show: { [CONTROLS.all]: [false] } },
	},
];

/** What makes a record count as existing. */
function identityControls(identity: Identity, noun: string): INodeProperties[] {
	const controls: INodeProperties[] = [];
	const lookingFirst = { displayOptions: { show: { operation: [identity.operation] } } };
	if (identity.optionalMatch && identity.optionalMatchKey !== undefined) {
		const { optionalMatch } = identity;
		// Properties that always count are not offered as choices.
		const always = Object.keys(identity.match)
			.filter((name) => !optionalMatch.includes(name))
			.map(labelOf);
		controls.push({
			displayName: 'Match On',
			name: identity.optionalMatchKey,
			type: 'multiOptions',
			options: optionalMatch.map((name) => ({ name: labelOf(name), value: name })).sort((a, b) => a.name.localeCompare(b.name, 'en')),
			default: optionalMatch,
			description:
				`What has to be equal${always.length > 0 ? `, beside ${always.join(' and ')},` : ''} for ` +
				`${withArticle(noun.toLowerCase())} to count as existing`,
			...lookingFirst,
		});
	}
	if (identity.nameField) {
		controls.push({
			displayName: `Existing ${noun} Name`,
			name: identity.nameField.key,
			type: 'string',
			default: '',
			description: `Only ${withArticle(noun.toLowerCase())} of this name counts as existing. Leave empty where there is one at most.`,
			...lookingFirst,
		});
	}
	return controls;
}

const SIMPLIFY: INodeProperties = {
	displayName: 'Simplify',
	name: CONTROLS.simplify,
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};
