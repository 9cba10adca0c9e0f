import type { Field } from '../model';
import { partsOf } from '../pointer';

/** One thing that is wrong with one item, in words for the operator. It never repeats a secret value. */
export interface Problem {
	/** 'Client Secret (credential_data.client_secret)' */
	field: string;
	/** 'must have at most 100 characters' */
	text: string;
	/** The way out. */
	hint: string;
}

/**
 * @param pointer where the value stands: `/body/credential_data/client_id`, its first part being the location
 */
export function problem(field: Pick<Field, 'label'>, pointer: string, text: string, hint: string): Problem {
	const path = partsOf(pointer).slice(1).join('.');
	return { field: path ? `${field.label} (${path})` : field.label, text, hint };
}

/** All problems of one item as one sentence. */
export function sentenceOf(problems: Problem[]): string {
	return problems.map(({ field, text }) => `${field} ${text}`).join('; ');
}
