import { type Document, isPart, type Part } from '../../engine/compile';
import { words } from '../../engine/model/names';
import type { Chosen } from './choose';
import type { VendorName } from './names';

/** Links to the vendor's documentation. */
export interface Links {
	/** About the operation. */
	primary: string;
	/** About the key. */
	credential: string;
}

/**
 * The documentation links in the document, the closest to the operation first.
 * @param fallback used if the document has none
 */
export function linksOf({ root }: Document, [{ found }]: Chosen[], fallback: string): Links {
	const tags = Array.isArray(found.node.tags) ? (found.node.tags as unknown[]) : [];
	const tag = (Array.isArray(root.tags) ? root.tags : []).find((one) => isPart(one) && tags.includes(one.name)) as Part | undefined;
	const contact = (root.info as Part | undefined)?.contact;
	const general = [addressIn(root.externalDocs), addressIn(contact), originOf(root.servers)];
	const own = [addressIn(found.node.externalDocs), addressIn(tag?.externalDocs)];
	const first = (all: Array<string | undefined>) => all.find((one) => one !== undefined) ?? fallback;
	return { primary: first([...own, ...general]), credential: first(general) };
}

function addressIn(node: unknown): string | undefined {
	return isPart(node) ? secure(node.url) : undefined;
}

function originOf(servers: unknown): string | undefined {
	const urls = (Array.isArray(servers) ? servers : []).filter(isPart).map(({ url }) => secure(url));
	const url = urls.find((one) => one !== undefined && !one.includes('{'));
	return url && new URL(url).origin;
}

function secure(url: unknown): string | undefined {
	return typeof url === 'string' && /^https:\/\/[^\s{}]+$/.test(url) && URL.canParse(url) ? url : undefined;
}

/**
 * Search terms that find every node of this package in n8n's search, whatever the vendor. n8n finds several words only if
 * they are in the same order in one alias (2.4.8).
 */
const ALIASES = [
	...['credential', 'create credential', 'add credential', 'store api key', 'customer api key', 'api key', 'secret'],
	...['rotate secret', 'rotate', 'onboard customer', 'onboard', 'offboard', 'credential linked', 'connect', 'customer'],
	...['integration', 'embedded integration'],
];

/** `nodes/<Vendor>/<Vendor>.node.json`, which determines how n8n lists the node. */
export function codexOf(packageName: string, { key }: VendorName, chosen: Chosen[], links: Links): object {
	const topics = chosen.flatMap(({ found, mark }) => [
		...(Array.isArray(found.node.tags) ? (found.node.tags as unknown[]) : []),
		mark.resource,
	]);
	const own = topics.map((topic) => words(String(topic)).join(' ')).filter((topic) => topic !== '' && topic.length < 40);
	return {
		node: `${packageName}.${key}`,
		nodeVersion: '1.0',
		codexVersion: '1.0',
		categories: ['Development'],
		resources: {
			credentialDocumentation: [{ url: links.credential }],
			primaryDocumentation: [{ url: links.primary }],
		},
		alias: [...new Set([...ALIASES, ...own])],
	};
}
