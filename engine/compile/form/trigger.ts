import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../model';
import { labelOf } from '../../model/names';
import { CONTROLS } from '../../model/layout';
import { DocumentError } from '../document/document';
import { layOut, type LaidOut } from './form';
import { withLiterals } from '../text/literals';
import { withArticle } from '../text/plural';
import { upperFirst } from '../text/words';

/**
 * The form of a trigger that watches a list: the list's parameters, and which events to report.
 * @throws DocumentError if the response does not say how to identify records and their changes
 */
export function triggerOf(operation: Operation, pointer: string): LaidOut {
	const { records, id, changed } = operation.result;
	if (records === undefined || id === undefined || changed === undefined)
		throw DocumentError.at(pointer, 'a trigger needs a list: an x-n8n-result with "records", "id" and "changed" in the answer');
	const noun = labelOf(operation.resource).toLowerCase();
	const events: INodeProperties = {
		displayName: 'Events',
		name: CONTROLS.events,
		type: 'multiOptions',
		options: [
			{ name: 'Changed', value: 'changed', action: `On ${noun} changed`, description: `${upperFirst(withArticle(noun))} was updated` },
			{
				name: 'Linked or Created',
				value: 'created',
				action: `On ${noun} linked or created`,
				description: `There is ${withArticle(noun)} that was not there before`,
			},
			{
				name: 'Removed',
				value: 'removed',
				action: `On ${noun} removed`,
				description: `${upperFirst(withArticle(noun))} is not there any more`,
			},
		],
		default: ['changed', 'created', 'removed'],
		required: true,
		description: 'What starts the workflow. The first poll only remembers what is there.',
	};
	// The order of the list does not matter to a trigger.
	const inputs = operation.inputs.filter(({ sort }) => !sort);
	const form = layOut({ ...operation, inputs }, 'filters');
	return { ...form, properties: [...withLiterals(form.properties), events] };
}
