import { words } from '../../../model/names';
import type { ApiOperation } from '../facts';
import type { View } from '../view';
import type { Target } from './inputs';

/** The source of a list's input: another input of the operation, or a fixed value. */
export type Source = { parameter: string } | { value: unknown };

/** The sources of a list's inputs that it requires, or that limit it to the operation's own scope. */
export function sourcesOf(view: View, operation: ApiOperation, target: Target, list: ApiOperation): { [name: string]: Source } {
	const sources: { [name: string]: Source } = {};
	for (const input of list.inputs) {
		if (input.in === 'cookie') continue;
		const { facts } = view.shape(input.schemas);
		const same =
			operation.inputs.find((one) => one.name === input.name && one.name !== target.name) ??
			operation.inputs.find((one) => input.required && one.name !== target.name && isLike(one.name, input.name));
		const isScope =
			input.required ||
			input.in === 'path' ||
			input.in === 'header' ||
			/(^| )(id|key|code|name|tenant|region|environment)$/.test(words(input.name).join(' '));
		if (same && isScope) sources[input.name] = { parameter: same.name };
		else if (input.required && facts.default !== undefined) sources[input.name] = { value: facts.default };
		else if (input.required && Array.isArray(facts.enum) && facts.enum.length === 1)
			sources[input.name] = { value: facts.enum[0] as unknown };
	}
	return sources;
}

/** Whether two names may mean the same: `plan_id` and `action_plan_id`, `Customer` and `Customer-Id`. */
export function isLike(one: string, other: string): boolean {
	const plain = (name: string) => words(name).join(' ').replace(/ id$/, '');
	const [a, b] = [plain(one), plain(other)];
	return a !== '' && (a === b || a.endsWith(` ${b}`) || b.endsWith(` ${a}`));
}
