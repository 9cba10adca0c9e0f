import { startServer, type Received, type Server } from './server';

/** What the model says in one turn: words, or tools that it wants to be used, by their names. */
export type Turn = { text: string } | { use: Array<{ tool: string; with: Record<string, unknown> }> };

/** A model that plays a part. It speaks OpenAI's Responses API and Chat Completions, as far as n8n's agent needs them. */
export interface Model extends Server {
	/** Gives it a new part: the first turn answers the next request. Forgets what it received. */
	play(turns: Turn[]): void;
	/** The names of the tools that it was offered with its last request. */
	offered(): string[];
	/** What the tools answered, in the order in which it was told. */
	answers(): string[];
}

/** Starts one; its base URL is `<url>/v1`. */
export async function startModel(): Promise<Model> {
	let part: Turn[] = [];
	let turn = 0;
	const server = await startServer(({ path, rawBody }) => {
		const { model, stream } = JSON.parse(rawBody) as { model: string; stream?: boolean };
		if (stream) throw new Error('This model does not stream');
		const next = part[turn++];
		if (!next) throw new Error('This model has nothing more to say');
		if (path === '/v1/responses') return response(model, next, turn);
		if (path === '/v1/chat/completions') return completion(model, next, turn);
		throw new Error(`This model does not know ${path}`);
	});
	const last = () => bodyOf(server.received[server.received.length - 1]);
	return {
		...server,
		play(turns) {
			part = turns;
			turn = 0;
			server.received.length = 0;
		},
		offered: () => (last().tools ?? []).map((tool) => tool.name ?? tool.function?.name ?? ''),
		answers() {
			const { input, messages } = last();
			if (input) return input.filter(({ type }) => type === 'function_call_output').map(({ output }) => textOf(output));
			return (messages ?? []).filter(({ role }) => role === 'tool').map(({ content }) => textOf(content));
		},
	};
}

interface Body {
	tools?: Array<{ name?: string; function?: { name: string } }>;
	input?: Array<{ type?: string; output?: unknown }>;
	messages?: Array<{ role: string; content?: unknown }>;
}

function bodyOf(request: Received): Body {
	return JSON.parse(request.rawBody) as Body;
}

function textOf(content: unknown): string {
	return typeof content === 'string' ? content : JSON.stringify(content);
}

function response(model: string, turn: Turn, number: number) {
	const output =
		'text' in turn
			? [
					{
						type: 'message',
						id: `msg_${number}`,
						role: 'assistant',
						status: 'completed',
						content: [{ type: 'output_text', text: turn.text, annotations: [] }],
					},
				]
			: turn.use.map(({ tool, with: values }, index) => ({
					type: 'function_call',
					id: `fc_${number}_${index}`,
					call_id: `call_${number}_${index}`,
					name: tool,
					arguments: JSON.stringify(values),
					status: 'completed',
				}));
	return {
		id: `resp_${number}`,
		object: 'response',
		created_at: 1_700_000_000 + number,
		status: 'completed',
		model,
		output,
		parallel_tool_calls: true,
		tools: [],
		usage: {
			input_tokens: 1,
			output_tokens: 1,
			total_tokens: 2,
			input_tokens_details: { cached_tokens: 0 },
			output_tokens_details: { reasoning_tokens: 0 },
		},
	};
}

function completion(model: string, turn: Turn, number: number) {
	const message =
		'text' in turn
			? { role: 'assistant', content: turn.text }
			: {
					role: 'assistant',
					content: null,
					tool_calls: turn.use.map(({ tool, with: values }, index) => ({
						id: `call_${number}_${index}`,
						type: 'function',
						function: { name: tool, arguments: JSON.stringify(values) },
					})),
				};
	return {
		id: `chatcmpl-${number}`,
		object: 'chat.completion',
		created: 1_700_000_000 + number,
		model,
		choices: [{ index: 0, message, finish_reason: 'text' in turn ? 'stop' : 'tool_calls' }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}
