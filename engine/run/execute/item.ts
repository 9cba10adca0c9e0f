import type { Operation, PlacedInput, PlacedOperation } from '../../model';
import { escapePart, pointerOf, valueAt } from '../../model/pointer';
import { has } from '../../model/values';
import { Checker } from '../validate/check';
import { problem, type Problem } from '../problems/problem';
import type { MapperSource, NamedRows } from '../input/mapper';
import { Reader, UNREADABLE, type Values } from '../input/read';
import { currentRequestOf, fieldAt } from '../request/reference';
import { requestOf, type RequestInputs, type HttpRequest } from '../request/request';
import type { Store } from '../credentials/store';

/** One item as read; its request may only be sent if there are no problems. */
export interface ReadItem extends Pick<Reader, 'named'> {
	request: HttpRequest;
	inputs: RequestInputs;
	problems: Problem[];
}

/**
 * Reads and checks one item: from parameters to a request.
 * @param base the vendor's base URL
 * @param timezone IANA name of the workflow's time zone
 * @param store n8n's encrypted store, if secrets are chosen from it by name
 * @param source what resource mappers are read from
 */
export function readItem(
	operation: PlacedOperation,
	values: Values,
	base: string,
	timezone: string,
	store?: Store,
	source?: MapperSource,
): ReadItem {
	const reader = new Reader(timezone, store, source);
	const inputs: RequestInputs = [];
	const found = operation.inputs.flatMap((input) => readInput(reader, input, values, inputs));
	const { request, problems: misplaced } = requestOf(operation, inputs, base);
	const strange = reader.named.flatMap((rows) => ofAnotherValue(operation, rows, inputs));
	return { request, inputs, named: reader.named, problems: [...reader.problems, ...found, ...strange, ...misplaced] };
}

/** Problems for rows whose names were suggested for another value of the field they depend on, and remained when it changed. */
function ofAnotherValue(operation: Operation, { field, pointer, picked }: NamedRows, inputs: RequestInputs): Problem[] {
	const { suggestedBy, suggestions = {} } = field;
	if (!suggestedBy) return [];
	const { by, names } = suggestedBy;
	const value = valueAt(currentRequestOf(inputs), by);
	const own = value !== undefined && has(names, String(value)) ? names[String(value)] : undefined;
	if (!own) return [];
	const on = fieldAt(operation.inputs, by);
	const choice = on?.kind === 'enum' ? on.choices.find((one) => one.value === value) : undefined;
	return picked
		.filter((name) => has(suggestions, name) && !own.includes(name))
		.map((name) =>
			problem('notOfChoice', { label: `${field.label}: ${name}` }, `${pointer}/${escapePart(name)}`, {
				on: on?.label ?? by,
				choice: choice?.label ?? String(value),
				names: own,
			}),
		);
}

function readInput(reader: Reader, input: PlacedInput, values: Values, inputs: RequestInputs): Problem[] {
	const { field, toggle } = input;
	if (toggle !== undefined && String(values(toggle)) === 'false') return [];
	const pointer = pointerOf(input);
	const value = reader.read(field, values, pointer);
	const checker = new Checker(reader.chosenOptions);
	if (value === undefined) {
		if (field.required) checker.missing(field, pointer);
	} else if (value !== UNREADABLE) {
		checker.check(field, value, pointer);
		inputs.push({ input, value: value });
	}
	return checker.problems;
}
