import { parse } from 'yaml';
import { Converter, type Schema } from './schema';
import { has, isObject } from './json';

/**
 * An operation as its document describes it, read without the code under test, so that the corpus run can measure the
 * engine against it.
 */
export interface SourceOperation {
	/** 'POST /path'. */
	id: string;
	method: string;
	path: string;
	parameters: SourceParameter[];
	body?: SourceBody;
}

export type Location = 'path' | 'query' | 'header' | 'cookie';

export interface SourceParameter {
	in: Location;
	name: string;
	required: boolean;
	schema: Schema;
	style: string;
	explode: boolean;
	/** The value is serialized as JSON (`content`). */
	json: boolean;
	/** The document says that it holds the vendor's key, so the n8n credential sends it. */
	credential: boolean;
}

export interface SourceBody {
	required: boolean;
	/** Schema by media type. */
	content: { [mediaType: string]: Schema };
}

type Node = { [name: string]: unknown };

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];
const RESERVED = new Set(['accept', 'content-type', 'authorization']);

/** A document and its operations. */
export class Source {
	readonly root: Node;
	readonly converter: Converter;

	constructor(text: string) {
		this.root = parse(text) as Node;
		this.converter = new Converter(this.root);
	}

	/** All operations, in the document's order. */
	operations(): SourceOperation[] {
		return Object.entries(this.root.paths as Node).flatMap(([path, given]) => {
			const item = this.converter.follow(given);
			return METHODS.filter((method) => isObject(item[method])).map((method) => this.operation(path, method, item));
		});
	}

	private operation(path: string, method: string, item: Node): SourceOperation {
		const node = item[method] as Node;
		const all = new Map<string, Node>();
		for (const given of [...((item.parameters as unknown[]) ?? []), ...((node.parameters as unknown[]) ?? [])]) {
			const one = this.converter.follow(given);
			all.set(`${String(one.in)} ${String(one.name)}`, one);
		}
		const parameters = [...all.values()].filter((one) => ['path', 'query', 'header', 'cookie'].includes(String(one.in)));
		return {
			id: `${method.toUpperCase()} ${path}`,
			method: method.toUpperCase(),
			path,
			parameters: parameters
				.filter((one) => one.in !== 'header' || !RESERVED.has(String(one.name).toLowerCase()))
				.map((one) => this.parameter(one, node)),
			body: this.root.swagger ? this.body2([...all.values()], node) : this.body3(node),
		};
	}

	private parameter(node: Node, operation: Node): SourceParameter {
		const location = node.in as Location;
		const content = isObject(node.content) ? (Object.values(node.content)[0] as Node) : undefined;
		const schema = this.converter.convert(
			content ? (content.schema ?? {}) : this.root.swagger ? this.schemaOf(node) : (node.schema ?? { type: 'string' }),
		);
		const { style, explode } = this.root.swagger ? collectionFormat(node) : styleOf(node, location);
		const name = String(node.name);
		return {
			in: location,
			name,
			required: node.required === true || location === 'path',
			schema,
			style,
			explode,
			json: content !== undefined,
			credential: node['x-n8n-credential'] === true || this.isKey(location, name, operation),
		};
	}

	/** Whether a security scheme of the operation sends this parameter. */
	private isKey(location: Location, name: string, operation: Node): boolean {
		const schemes = (this.root.swagger ? this.root.securityDefinitions : (this.root.components as Node | undefined)?.securitySchemes) as
			Node | undefined;
		const required = ((operation.security ?? this.root.security ?? []) as Node[]).flatMap((one) => Object.keys(one));
		return required.some((scheme) => {
			const { type, in: where, name: key } = schemes && has(schemes, scheme) ? this.converter.follow(schemes[scheme]) : {};
			return type === 'apiKey' && where === location && String(key).toLowerCase() === name.toLowerCase();
		});
	}

	private body3(node: Node): SourceBody | undefined {
		if (node.requestBody === undefined) return undefined;
		const body = this.converter.follow(node.requestBody);
		const content = Object.entries((body.content ?? {}) as Node).map(
			([type, media]) => [type, this.converter.convert((media as Node).schema ?? true)] as const,
		);
		return { required: body.required === true, content: Object.fromEntries(content) };
	}

	/** The body in Swagger 2.0, where it is one or several parameters. */
	private body2(parameters: Node[], node: Node): SourceBody | undefined {
		const types = (node.consumes ?? this.root.consumes ?? []) as string[];
		const body = parameters.find((one) => one.in === 'body');
		if (body) {
			const schema = this.converter.convert(body.schema ?? true);
			return {
				required: body.required === true,
				content: Object.fromEntries((types.length > 0 ? types : ['application/json']).map((type) => [type, schema])),
			};
		}
		const form = parameters.filter((one) => one.in === 'formData');
		if (form.length === 0) return undefined;
		const required = form.filter((one) => one.required === true).map((one) => String(one.name));
		const schema: Schema = {
			type: 'object',
			properties: Object.fromEntries(form.map((one) => [String(one.name), this.converter.convert(this.schemaOf(one))])),
			...(required.length > 0 ? { required } : {}),
		};
		const fallback = form.some((one) => one.type === 'file') ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
		return {
			required: required.length > 0,
			content: Object.fromEntries((types.length > 0 ? types : [fallback]).map((type) => [type, schema])),
		};
	}

	/** The schema in a parameter of Swagger 2.0, which contains the keywords itself. */
	private schemaOf(node: Node): Node {
		const {
			name: _name,
			in: _in,
			required: _required,
			description: _description,
			collectionFormat: _format,
			allowEmptyValue: _empty,
			...schema
		} = node;
		return schema;
	}
}

function styleOf(node: Node, location: Location): { style: string; explode: boolean } {
	const style = typeof node.style === 'string' ? node.style : location === 'query' || location === 'cookie' ? 'form' : 'simple';
	return { style, explode: typeof node.explode === 'boolean' ? node.explode : style === 'form' };
}

function collectionFormat(node: Node): { style: string; explode: boolean } {
	const inPath = node.in === 'path' || node.in === 'header';
	switch (node.collectionFormat) {
		case 'multi':
			return { style: 'form', explode: true };
		case 'ssv':
			return { style: 'spaceDelimited', explode: false };
		case 'pipes':
			return { style: 'pipeDelimited', explode: false };
		default:
			return { style: inPath ? 'simple' : 'form', explode: false };
	}
}
