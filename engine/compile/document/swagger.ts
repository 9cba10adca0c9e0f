import { upgradeFromTwoToThree } from '@scalar/openapi-upgrader/2.0-to-3.0';
import { valueAt } from '../../model/pointer';
import { ALL_METHODS, child, DocumentError, isPart, type Part } from './part';

/** Keywords of a form field that describe the parameter rather than its value. */
const ABOUT_PARAMETER = new Set(['name', 'in', 'required', 'collectionFormat', 'allowEmptyValue']);
const STYLES: { [collectionFormat: string]: { style: string; explode: boolean } } = {
	csv: { style: 'form', explode: false },
	ssv: { style: 'spaceDelimited', explode: false },
	pipes: { style: 'pipeDelimited', explode: false },
	multi: { style: 'form', explode: true },
};

/**
 * Converts a Swagger 2.0 document to OpenAPI 3.0. Form parameters are converted here, because the upgrader keeps only
 * the type and format of a form field.
 * @throws DocumentError if the conversion fails
 */
export function upgraded(root: Part): Part {
	dropEmpty(root);
	for (const [path, item] of Object.entries(root.paths as Part)) {
		if (isPart(item) && !path.startsWith('x-')) prepare(item, root, child('#', 'paths', path));
	}
	try {
		const upgraded: unknown = upgradeFromTwoToThree(root);
		return upgraded as Part;
	} catch {
		throw new DocumentError(
			'document',
			'this Swagger 2.0 document cannot be brought to OpenAPI 3.0. Convert it first, for example at https://converter.swagger.io',
		);
	}
}

/** Drops empty lists of media types. They say nothing, but because of them the upgrader would drop all bodies and responses. */
function dropEmpty(owner: Part): void {
	for (const list of ['consumes', 'produces']) if (Array.isArray(owner[list]) && owner[list].length === 0) delete owner[list];
}

/** Gives each operation its complete list of parameters, and a body in place of its form parameters. */
function prepare(item: Part, root: Part, pointer: string): void {
	const shared = parametersOf(item, root, pointer);
	for (const method of ALL_METHODS) {
		const operation = item[method];
		if (!isPart(operation)) continue;
		dropEmpty(operation);
		const own = parametersOf(operation, root, child(pointer, method));
		const all = [...shared.filter((one) => !own.some((other) => other.in === one.in && other.name === one.name)), ...own];
		const fields = all.filter((one) => one.in === 'formData');
		// Operations share parameters, and the upgrader changes each in place.
		operation.parameters = structuredClone(all.filter((one) => one.in !== 'formData'));
		if (fields.length > 0) operation.requestBody = formOf(fields, operation.consumes ?? root.consumes);
	}
	delete item.parameters;
}

function parametersOf(owner: Part, root: Part, pointer: string): Part[] {
	const { parameters } = owner;
	if (parameters === undefined) return [];
	if (!Array.isArray(parameters)) throw DocumentError.at(child(pointer, 'parameters'), 'there should be a list here');
	return parameters.map((given: unknown, index) => {
		const place = child(pointer, 'parameters', index);
		const ref = isPart(given) ? given.$ref : undefined;
		const parameter = typeof ref === 'string' && ref.startsWith('#/parameters/') ? (valueAt(root, ref.slice(1)) as unknown) : given;
		if (parameter === undefined) throw DocumentError.at(place, `$ref "${String(ref)}" leads nowhere`);
		if (!isPart(parameter) || typeof parameter.name !== 'string' || typeof parameter.in !== 'string')
			throw DocumentError.at(place, 'a parameter needs "name" and "in"');
		return parameter;
	});
}

/** Form parameters as a request body. */
function formOf(fields: Part[], consumes: unknown): Part {
	const fallback = fields.some((field) => field.type === 'file') ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
	const forms = (Array.isArray(consumes) ? consumes : [])
		.filter((type) => /^(multipart\/|application\/x-www-form-urlencoded)/.test(String(type)))
		.map(String);
	const properties = Object.fromEntries(
		fields.map((field) => [
			String(field.name),
			Object.fromEntries(Object.entries(field).filter(([keyword]) => !ABOUT_PARAMETER.has(keyword))),
		]),
	);
	const required = fields.filter((field) => field.required === true).map((field) => field.name);
	const encoding = Object.fromEntries(
		fields
			.filter((field) => field.type === 'array')
			.map((field) => [String(field.name), STYLES[String(field.collectionFormat)] ?? STYLES.csv]),
	);
	const media = {
		schema: { type: 'object', properties, ...(required.length > 0 ? { required } : {}) },
		...(Object.keys(encoding).length > 0 ? { encoding } : {}),
	};
	return {
		...(required.length > 0 ? { required: true } : {}),
		content: Object.fromEntries((forms.length > 0 ? forms : [fallback]).map((type) => [type, structuredClone(media)])),
	};
}
