import type { Field, Input, Json, Operation, Reference } from '../../model';
import { namedWithin } from '../../model/children';
import { partsOf, pointerOf, valueAt, withValueAt } from '../../model/pointer';
import type { BodyValue } from './bodyValue';
import type { RequestInputs } from './request';
import { has } from '../../model/values';

/** A request as plain data that pointers refer to: `/path/provider`, `/body/userId`. */
export type CurrentRequest = { [location: string]: BodyValue };

/** The current request, built from the values of its inputs. */
export function currentRequestOf(inputs: RequestInputs): CurrentRequest {
	const request: { [location: string]: BodyValue } = {};
	for (const { input, value } of inputs) {
		if (input.in === 'body') request.body = value;
		else request[input.in] = { ...(request[input.in] as { [name: string]: BodyValue } | undefined), [input.field.name]: value };
	}
	return request;
}

/** The inputs with some values replaced, by JSON Pointer into the current request. */
export function withValues(inputs: RequestInputs, values: Map<string, Json>): RequestInputs {
	const request = [...values].reduce<BodyValue>(
		(all, [pointer, value]) => withValueAt(all, partsOf(pointer), value),
		currentRequestOf(inputs),
	);
	return inputs.map(({ input }) => ({ input, value: valueAt(request, pointerOf(input)) as Json }));
}

/** Where a referenced operation's parameter comes from in the current request. */
export function sourceOf({ with: places }: Pick<Reference, 'with'>, input: Input): string {
	const { name } = input.field;
	return places && has(places, name) ? places[name] : pointerOf(input);
}

/**
 * The inputs for calling a referenced operation, taken from the current request.
 * @returns also the labels of required parameters without a value
 */
export function inputsFor(
	reference: Pick<Reference, 'with'>,
	operation: Operation,
	request: CurrentRequest,
): { inputs: RequestInputs; missing: string[] } {
	const inputs: RequestInputs = [];
	const missing: string[] = [];
	for (const input of operation.inputs) {
		if (input.in === 'body') continue;
		const value = valueAt(request, sourceOf(reference, input));
		if (value !== undefined && value !== null && value !== '') inputs.push({ input, value });
		else if (input.field.required) missing.push(input.field.label);
	}
	return { inputs, missing };
}

/** The field at a place of a request; undefined if no input has it, or a union is on the way. */
export function fieldAt(inputs: Operation['inputs'], place: string): Field | undefined {
	const [location, ...names] = partsOf(place);
	const [first, ...rest] = location === 'body' ? ['', ...names] : names;
	const input = inputs.find((one) => one.in === location && (location === 'body' || one.field.name === first));
	return rest.reduce<Field | undefined>(
		(field, name) => (field?.kind === 'object' ? field.fields.find((child) => child.name === name) : undefined),
		input?.field,
	);
}

/** The fields that may be at a place of a request, in any union option. */
export function fieldsAt(inputs: Operation['inputs'], place: string): Field[] {
	const [location, ...names] = partsOf(place);
	const within = (field: Field, [name, ...rest]: string[]): Field[] =>
		name === undefined
			? [field]
			: namedWithin(field)
					.filter((child) => child.name === name)
					.flatMap((child) => within(child, rest));
	return inputs
		.filter((input) => input.in === location && (location === 'body' || input.field.name === names[0]))
		.flatMap(({ field }) => within(field, location === 'body' ? names : names.slice(1)));
}
