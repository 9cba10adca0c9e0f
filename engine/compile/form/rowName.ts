import type { INodeProperties } from 'n8n-workflow';
import type { RecordField } from '../../model';
import { OTHER } from '../../model/layout';
import { enumLabel } from '../text/words';
import { LISTED } from './listed';
import { sorted } from './properties';

/** What every parameter for a name in a row has. */
export const NAME = { displayName: 'Name', name: '', default: '', required: true };

/** The name in a row: picked from fetched or suggested names, or typed. */
export function rowName({ dynamic, suggestions, suggestedBy }: RecordField): INodeProperties {
	if (dynamic) {
		const typeOptions = { loadOptionsMethod: dynamic.method };
		return { ...NAME, displayName: 'Name or ID', type: 'options', typeOptions, description: LISTED };
	}
	if (!suggestions) return { ...NAME, type: 'string' };
	const known = Object.entries(suggestions).map(([value, description]) => ({
		name: enumLabel(value),
		value,
		description: `Sent as ${value}, ${description}`,
	}));
	return {
		...NAME,
		type: 'options',
		options: sorted([...known, { name: 'Other', value: OTHER, description: 'Any other name' }]),
		// n8n does not store a default value, so a name whose default depends on another field would change along with that field.
		default: suggestedBy ? OTHER : known[0].value,
		description: 'The names are suggestions; any other name can be given with Other',
	};
}
