import type { ErrorObject } from 'ajv/dist/2020';
import { nearest, thereIs } from './nearest';
import { child, DocumentError } from './part';

/**
 * Puts validation errors into words. The last one concerns the whole value: it fits none of the allowed shapes.
 * @param errors those of a validator with `verbose`
 * @param pointer where the value is
 */
export function shapeError(errors: ErrorObject[], pointer: string): DocumentError {
	const { keyword, params, message, instancePath, parentSchema, data } = errors[errors.length - 1];
	const place = `${pointer}${instancePath}`;
	if (keyword === 'required') return DocumentError.at(place, `"${String(params.missingProperty)}" is missing here`);
	if (keyword === 'additionalProperties') {
		const name = String(params.additionalProperty);
		const known = Object.keys((parentSchema as { properties: object }).properties);
		return DocumentError.at(child(place, name), `"${name}" is not known here${thereIs(name, known, '')}`);
	}
	if (keyword === 'enum') {
		const known = nearest(String(data), (params.allowedValues as unknown[]).map(String), Infinity);
		return DocumentError.at(place, `what stands here should be one of: ${known.join(', ')}`);
	}
	if (keyword === 'const') return DocumentError.at(place, `there should be ${JSON.stringify(params.allowedValue)} here`);
	if (keyword === 'anyOf') return DocumentError.at(place, `there should be ${parentSchema?.description} here`);
	return DocumentError.at(place, `what stands here ${message}`);
}
