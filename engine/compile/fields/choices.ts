import type { Choice } from '../../model';
import { has } from '../../model/values';
import type { Part } from '../document/document';
import { enumLabel } from '../text/words';

/** The choices of an enum; labels come from the document (`x-n8n-enum-labels`) or are derived from the values. */
export function choicesOf(schema: Part, values: Array<Choice['value']>): Choice[] {
	const names = (schema['x-n8n-enum-labels'] ?? {}) as { [value: string]: string };
	return distinct(
		[...new Set(values)].map((value) => ({ value, label: has(names, String(value)) ? names[String(value)] : enumLabel(value) })),
	);
}

/** Adds the value to labels that several choices share. */
function distinct(choices: Choice[]): Choice[] {
	const times = new Map<string, number>();
	for (const { label } of choices) times.set(label, (times.get(label) ?? 0) + 1);
	return choices.map((choice) =>
		times.get(choice.label) === 1 ? choice : { ...choice, label: `${choice.label} (${String(choice.value)})` },
	);
}
