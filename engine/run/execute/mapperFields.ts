import type { INodePropertyOptions, ResourceMapperField } from 'n8n-workflow';
import type { Json } from '../../model';
import { literal } from '../../model/layout';
import { has } from '../../model/values';
import type { LayoutField } from '../input/mapper';
import { isRecord } from '../response/response';
import type { Property, Rules } from './dynamic';

/** How a field of n8n's resource mapper is entered. */
type Control = Pick<ResourceMapperField, 'type' | 'options'>;

/**
 * The fields of n8n's resource mapper for what the vendor asks for. The vendor's defaults are left out: n8n would send
 * them as if they had been entered.
 * @param stored names of stored secrets to choose from where a secret is to be entered; undefined if secrets are typed
 */
export function mapperFieldsOf(rules: Rules, stored: INodePropertyOptions[] | undefined): ResourceMapperField[] {
	const fields = rules.properties.map((property): ResourceMapperField => {
		const control = controlOf(schemaOf(rules, property));
		return {
			id: property.name,
			displayName: property.label,
			required: property.required,
			display: true,
			defaultMatch: false,
			canBeUsedToMatch: false,
			...(stored && stored.length > 0 && !isPlain(control) ? { type: 'options', options: stored } : control),
		};
	});
	return [...new Map(fields.map((field) => [field.id, field])).values()];
}

/** The fields that the vendor asks for, as reading the resource mapper needs to know them. */
export function layoutOf(rules: Rules): LayoutField[] {
	// A plain list of names does not say which of them are required.
	const isTold = isRecord(rules.schema);
	return rules.properties.map((property) => ({
		name: property.name,
		label: property.label,
		...(isTold ? { required: property.required } : {}),
		isPlain: isPlain(controlOf(schemaOf(rules, property))),
	}));
}

/** Whether a control holds a value that is no secret: one of a few, or a point in time. */
function isPlain({ type }: Control): boolean {
	return type === 'options' || type === 'dateTime';
}

function schemaOf({ schema }: Rules, { name }: Property): Json | undefined {
	const declared = isRecord(schema) ? schema.properties : undefined;
	return isRecord(declared) && has(declared, name) ? declared[name] : undefined;
}

/** The control for a JSON Schema; text where none is sure to fit. */
function controlOf(schema: Json | undefined): Control {
	if (!isRecord(schema)) return { type: 'string' };
	const choices = choicesOf(schema);
	if (choices) return { type: 'options', options: choices };
	const types = [schema.type].flat().filter((type) => type !== 'null');
	const type = types.length === 1 ? String(types[0]) : 'several';
	switch (type) {
		case 'boolean':
			// n8n would send the switch of a boolean field although nobody has touched it.
			return { type: 'options', options: [option(true), option(false)] };
		case 'integer':
		case 'number':
			return { type: 'number' };
		case 'array':
			return { type: 'array' };
		case 'object':
			return { type: 'object' };
		default:
			return { type: schema.format === 'date-time' || schema.format === 'date' ? 'dateTime' : 'string' };
	}
}

/** The values of an enum, or of a union of constants with their titles; undefined if there is neither. */
function choicesOf({ enum: values, const: only, oneOf, anyOf }: { [keyword: string]: Json }): INodePropertyOptions[] | undefined {
	if (Array.isArray(values)) return values.flatMap((value) => (isSingle(value) ? [option(value)] : []));
	if (isSingle(only)) return [option(only)];
	const variants = Array.isArray(oneOf) ? oneOf : Array.isArray(anyOf) ? anyOf : [];
	const constants = variants.flatMap((one) => (isRecord(one) && isSingle(one.const) ? [option(one.const, one.title)] : []));
	return constants.length > 0 && constants.length === variants.length ? constants : undefined;
}

function isSingle(value: Json | undefined): value is string | number | boolean {
	return ['string', 'number', 'boolean'].includes(typeof value);
}

function option(value: string | number | boolean, title?: Json): INodePropertyOptions {
	const name = typeof title === 'string' && title ? title : typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
	return { name, value: typeof value === 'string' ? literal(value) : value };
}
