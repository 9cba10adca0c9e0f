import { ExactNumber, type BodyValue } from './bodyValue';
import { stringify } from './json';

/** A name and a value, both percent-encoded, as they stand in a query or a form. */
export type Pair = string;

const encode = encodeURIComponent;

/** How OpenAPI writes a value: https://spec.openapis.org/oas/v3.1.1#style-values */
export interface Style {
	style?: string;
	explode?: boolean;
}

/** A path parameter in the styles simple, label and matrix; every value stays within its segment. */
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

/** A query parameter, a cookie or a form field in the styles form, spaceDelimited, pipeDelimited and deepObject. */
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

/** `address[city]=…`; deeper levels and lists as the field does it, since OpenAPI leaves them open: `a[b][c]`, `a[0]`. */
function deepPairs(name: string, value: BodyValue): Pair[] {
	if (!isComposite(value)) return [`${encode(name)}=${encode(scalar(value))}`];
	return Object.entries(value).flatMap(([key, one]) => deepPairs(`${name}[${key}]`, one));
}

/** A header in the style simple. */
export function headerOf(value: BodyValue, { explode }: Style): string {
	if (Array.isArray(value)) return value.map(scalar).join(',');
	if (!isComposite(value)) return scalar(value);
	return Object.entries(value)
		.map(([key, one]) => `${key}${explode ? '=' : ','}${scalar(one)}`)
		.join(',');
}

/** A value as text; within a list or an object of a parameter, what is composite itself is JSON. */
export function scalar(value: BodyValue): string {
	return isComposite(value) ? stringify(value) : value === null ? '' : String(value);
}

export function isComposite(value: BodyValue): value is BodyValue[] | { [name: string]: BodyValue } {
	return typeof value === 'object' && value !== null && !(value instanceof ExactNumber);
}
