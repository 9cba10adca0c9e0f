import { ExactNumber, type BodyValue } from './bodyValue';
import { stringify } from './json';

/** A percent-encoded name and value, as in a query or form: `name=value`. */
export type Pair = string;

const encode = encodeURIComponent;

/** How OpenAPI serializes a value (Parameter Object, "Style Values"): https://spec.openapis.org/oas/v3.1.1#style-values */
export interface Style {
	style?: string;
	explode?: boolean;
}

/** Serializes a path parameter in style simple, label or matrix; no value extends beyond its path segment. */
export function pathSegment(name: string, value: BodyValue, { style, explode }: Style): string {
	if (!isComposite(value)) {
		const text = encode(scalar(value));
		return style === 'label' ? `.${text}` : style === 'matrix' ? `;${encode(name)}=${text}` : text;
	}
	const entries = Array.isArray(value)
		? value.map((one) => encode(scalar(one)))
		: Object.entries(value).map(([key, one]) => `${encode(key)}${explode ? '=' : ','}${encode(scalar(one))}`);
	if (style === 'label') return `.${entries.join(explode ? '.' : ',')}`;
	if (style !== 'matrix') return entries.join(',');
	if (!explode) return `;${encode(name)}=${entries.join(',')}`;
	return entries.map((entry) => (Array.isArray(value) ? `;${encode(name)}=${entry}` : `;${entry}`)).join('');
}

/** Serializes a query parameter, cookie or form field in style form, spaceDelimited, pipeDelimited or deepObject. */
export function pairsOf(name: string, value: BodyValue, { style, explode }: Style): Pair[] {
	const key = encode(name);
	if (!isComposite(value)) return [`${key}=${encode(scalar(value))}`];
	if (style === 'deepObject') return deepPairs(name, value);
	if (Array.isArray(value)) {
		if (explode) return value.map((one) => `${key}=${encode(scalar(one))}`);
		const separator = style === 'spaceDelimited' ? '%20' : style === 'pipeDelimited' ? '%7C' : ',';
		return [`${key}=${value.map((one) => encode(scalar(one))).join(separator)}`];
	}
	const entries = Object.entries(value);
	if (explode) return entries.map(([one, inner]) => `${encode(one)}=${encode(scalar(inner))}`);
	return [`${key}=${entries.flatMap(([one, inner]) => [encode(one), encode(scalar(inner))]).join(',')}`];
}

/** `address[city]=…`. OpenAPI leaves deeper levels and lists undefined; they follow common practice: `a[b][c]`, `a[0]`. */
function deepPairs(name: string, value: BodyValue): Pair[] {
	if (!isComposite(value)) return [`${encode(name)}=${encode(scalar(value))}`];
	return Object.entries(value).flatMap(([key, one]) => deepPairs(`${name}[${key}]`, one));
}

/** Serializes a header in style simple. */
export function headerOf(value: BodyValue, { explode }: Style): string {
	if (Array.isArray(value)) return value.map(scalar).join(',');
	if (!isComposite(value)) return scalar(value);
	return Object.entries(value)
		.map(([key, one]) => `${key}${explode ? '=' : ','}${scalar(one)}`)
		.join(',');
}

/** A value as text; a composite value inside a parameter's list or object becomes JSON. */
export function scalar(value: BodyValue): string {
	return isComposite(value) ? stringify(value) : value === null ? '' : String(value);
}

/** Whether a value is an array or object; numbers with exact digits are neither. */
export function isComposite(value: BodyValue): value is BodyValue[] | { [name: string]: BodyValue } {
	return typeof value === 'object' && value !== null && !(value instanceof ExactNumber);
}
