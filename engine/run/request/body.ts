import type { BodyEncoding } from '../../model';
import { BinaryReference, type BodyValue } from './bodyValue';
import { stringify } from './json';
import { isComposite, pairsOf, scalar } from './serialize';

/** A file from an item's binary data. */
export interface BinaryFile {
	data: Buffer;
	fileName?: string;
	mimeType: string;
}

/** A body as sent: its content and media type. */
export interface EncodedBody {
	contentType: string;
	content: string | Buffer;
}

/** The files that a body refers to: the body itself, its properties, and entries of those. */
export function referencesIn(body: BodyValue | undefined): BinaryReference[] {
	const values: unknown[] =
		body instanceof BinaryReference ? [body] : typeof body === 'object' && body !== null ? Object.values(body).flat() : [];
	return values.filter((value): value is BinaryReference => value instanceof BinaryReference);
}

/**
 * Serializes a body in its media type (OpenAPI 3.1, Media Type Object and Encoding Object).
 * @param files the item's binary data that the body refers to, by property
 */
export function encodeBody(value: BodyValue, { mediaType, fields }: BodyEncoding, files: Map<string, BinaryFile> = new Map()): EncodedBody {
	if (isJson(mediaType)) return { contentType: mediaType, content: stringify(value) };
	const object = isComposite(value) && !Array.isArray(value) && !(value instanceof BinaryReference) ? value : undefined;
	if (object && mediaType.startsWith('application/x-www-form-urlencoded')) {
		const pairs = Object.entries(object).flatMap(([name, one]) => {
			// Unless the document says otherwise, OpenAPI serializes an object as JSON, and a list as one pair per entry.
			const encoding =
				fields[name] ?? (isComposite(one) && !Array.isArray(one) ? { contentType: 'application/json' } : { style: 'form', explode: true });
			return isComposite(one) && isJson(encoding.contentType ?? '') ? pairsOf(name, stringify(one), {}) : pairsOf(name, one, encoding);
		});
		return { contentType: mediaType, content: pairs.join('&').replace(/%20/g, '+') };
	}
	if (object && mediaType.startsWith('multipart/')) return multipart(object, mediaType, fields, files);
	const file = fileOf(value, files);
	return { contentType: mediaType, content: file ? file.data : scalar(value) };
}

/** Whether a media type is JSON: `application/json`, `application/vnd.atlas+json; charset=utf-8`. */
export function isJson(mediaType: string): boolean {
	return /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(mediaType);
}

function fileOf(value: BodyValue, files: Map<string, BinaryFile>): BinaryFile | undefined {
	return value instanceof BinaryReference ? files.get(value.property) : undefined;
}

/** multipart/form-data (RFC 7578). */
function multipart(
	object: { [name: string]: BodyValue },
	mediaType: string,
	fields: BodyEncoding['fields'],
	files: Map<string, BinaryFile>,
): EncodedBody {
	const boundary = `----n8n${Array.from({ length: 3 }, () => Math.random().toString(36).slice(2)).join('')}`;
	const parts = Object.entries(object).flatMap(([name, value]) => {
		const many = Array.isArray(value) && value.every((one) => !isComposite(one) || fileOf(one, files)) ? value : [value];
		return many.map((one) => {
			const file = fileOf(one, files);
			const type = file?.mimeType ?? fields[name]?.contentType ?? (isComposite(one) ? 'application/json' : undefined);
			const named = `name="${quoted(name)}"${file ? `; filename="${quoted(file.fileName ?? name)}"` : ''}`;
			const head = `--${boundary}\r\nContent-Disposition: form-data; ${named}\r\n${type ? `Content-Type: ${type}\r\n` : ''}\r\n`;
			return Buffer.concat([Buffer.from(head), file ? file.data : Buffer.from(scalar(one)), Buffer.from('\r\n')]);
		});
	});
	return {
		contentType: `${mediaType.split(';')[0]}; boundary=${boundary}`,
		content: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
	};
}

function quoted(text: string): string {
	return text.replace(/[\r\n]/g, ' ').replace(/"/g, '%22');
}
