import { isJson } from '../../run/request/body';
import { child, DocumentError, isPart, type Document, type Part } from '../document/document';
import type { Found } from '../document/find';
import type { Parameter } from '../document/parameters';
import type { Spot } from '../schema/shapes';

/** A successful response of an operation as the document states it (Response Object). */
export interface Response {
	status: string;
	node: Part;
	pointer: string;
	/** The schemas of its body, if the document gives any. */
	body: Spot[];
}

/** The schema of a parameter, with its place. */
export function schemaOf({ node, pointer }: Parameter): Spot {
	const [mediaType, media] = (isPart(node.content) && Object.entries(node.content)[0]) || [];
	if (mediaType === undefined) return { schema: node.schema ?? {}, pointer: child(pointer, 'schema') };
	if (!isPart(media)) throw DocumentError.at(child(pointer, 'content', mediaType), 'there should be an object here');
	return { schema: media.schema ?? {}, pointer: child(pointer, 'content', mediaType, 'schema') };
}

/** Tests for media types in order of preference: first those that say most about their fields. */
const MEDIA_TYPES = [
	isJson,
	(type: string) => type.startsWith('application/x-www-form-urlencoded'),
	(type: string) => type.startsWith('multipart/'),
	(type: string) => type.startsWith('text/'),
	() => true,
];

/** The preferred media type of those that a body offers. */
export function preferredOf(content: Part): string | undefined {
	return MEDIA_TYPES.map((fits) => Object.keys(content).find(fits)).find((type) => type !== undefined);
}

/** Whether values have names in a media type. */
export function isStructured(mediaType: string): boolean {
	return MEDIA_TYPES.slice(0, 3).some((fits) => fits(mediaType));
}

/** The schemas of the request body; empty if there is none. */
export function bodySpots(document: Document, found: Found): Spot[] {
	if (found.node.requestBody === undefined) return [];
	const { node, pointer } = document.follow(found.node.requestBody, child(found.pointer, 'requestBody'));
	const content = isPart(node.content) ? node.content : {};
	const mediaType = preferredOf(content);
	const media = mediaType === undefined ? undefined : content[mediaType];
	return isPart(media) ? [{ schema: media.schema ?? {}, pointer: child(pointer, 'content', String(mediaType), 'schema') }] : [];
}

/** The successful responses of an operation. */
export function responsesOf(document: Document, found: Found): Response[] {
	return Object.entries(isPart(found.node.responses) ? found.node.responses : {}).flatMap(([status, given]): Response[] => {
		if (!/^2(\d\d|XX)$/i.test(status)) return [];
		const { node, pointer } = document.follow(given, child(found.pointer, 'responses', status));
		return [{ status, node, pointer, body: spotsOf(node, pointer) }];
	});
}

/** The response that says how to read the result: the one with `x-n8n-result`, or else the first with a body. */
export function answerOf(document: Document, found: Found): Response | undefined {
	const all = responsesOf(document, found);
	return [...all].reverse().find(({ node }) => isPart(node['x-n8n-result'])) ?? all.find(({ body }) => body.length > 0) ?? all[0];
}

function spotsOf({ content }: Part, pointer: string): Spot[] {
	const mediaType = isPart(content) ? Object.keys(content).find(isJson) : undefined;
	const media = mediaType === undefined ? undefined : (content as Part)[mediaType];
	if (!isPart(media) || media.schema === undefined) return [];
	return [{ schema: media.schema, pointer: child(pointer, 'content', String(mediaType), 'schema') }];
}
