import type { Json } from '../../model';
import { problem, type ReceivedValue, type Place, type Problem } from './problem';

/**
 * The problem of a value that violates a JSON Schema keyword.
 * @param keyword the violated keyword
 * @param limit the keyword's value in the schema
 * @param given the entered value, if it may be shown
 */
export function keywordProblem(keyword: string, limit: Json | undefined, given: ReceivedValue | undefined, place: Place): Problem {
	const { pointer } = place;
	if (keyword === 'not' && typeof limit === 'object' && limit !== null && 'enum' in limit && Array.isArray(limit.enum))
		return problem('notEnum', place, pointer, { values: limit.enum.map(String), received: given });
	switch (keyword) {
		case 'type':
			return problem('type', place, pointer, { types: (Array.isArray(limit) ? limit : [limit]).map(String), received: given });
		case 'minLength':
			return limit === 1 ? problem('empty', place, pointer, {}) : problem('minLength', place, pointer, { limit });
		case 'maxLength':
		case 'minItems':
		case 'maxItems':
		case 'minProperties':
		case 'maxProperties':
			return problem(keyword, place, pointer, { limit });
		case 'pattern':
			return limit === '^[0-9]+$'
				? problem('digits', place, pointer, { received: given })
				: problem('pattern', place, pointer, { limit, received: given });
		case 'format':
			return problem('format', place, pointer, { format: String(limit), received: given });
		case 'enum':
			if (!Array.isArray(limit)) return problem('unknownEnum', place, pointer, { received: given });
			return problem('enum', place, pointer, {
				values: limit.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))),
				received: given,
			});
		case 'const':
			return problem('const', place, pointer, { value: limit });
		case 'minimum':
		case 'maximum':
		case 'exclusiveMinimum':
		case 'exclusiveMaximum':
		case 'multipleOf':
			return problem(keyword, place, pointer, { limit, received: given });
		case 'uniqueItems':
		case 'false':
			return problem(keyword, place, pointer, {});
		case 'required':
		case 'dependentRequired':
			return problem('dependentRequired', place, pointer, {});
		default:
			return problem('otherKeyword', place, pointer, { keyword });
	}
}
