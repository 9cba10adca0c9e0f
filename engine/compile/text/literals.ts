import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import type { Json } from '../../model';
import { literal } from '../../model/layout';
import { isObject } from '../../model/values';

type Option = INodePropertyOptions | INodeProperties | INodePropertyCollection;

/**
 * Turns texts of a document that begin with `=` into expressions that yield the text. n8n evaluates a parameter that
 * begins with `=`, and texts of a form become parameters: a default where nothing is entered, and the value of a choice
 * that is made. But nothing that a document says may be executed.
 */
export function withLiterals(properties: INodeProperties[]): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		default: deepLiteral(property.default) as INodeProperties['default'],
		...(property.options ? { options: property.options.map(literalOption) } : {}),
	}));
}

function literalOption(option: Option): Option {
	if ('values' in option) return { ...option, values: withLiterals(option.values) };
	return 'type' in option ? withLiterals([option])[0] : { ...option, value: literal(option.value) as string };
}

function deepLiteral(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(deepLiteral);
	if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, deepLiteral(one)]));
	return literal(value as Json);
}
