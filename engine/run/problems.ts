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

/** Longer texts are not repeated in a message. */
const LONG = 60;

/** What a value is, for the end of a sentence; nothing where it is no single value. */
export function butIs(value: unknown): string {
	if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return '';
	if (typeof value === 'string' && value.length > LONG) return `, but is a text of ${value.length} characters`;
	return `, but is ${typeof value === 'number' ? String(value) : JSON.stringify(value)}`;
}
