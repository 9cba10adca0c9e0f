/**
 * Reads the format in which n8n hands out the data of an execution: a JSON array of values, in which every string
 * inside an object or array is the index of another value (npm package `flatted`, which n8n writes it with).
 *
 * @throws SyntaxError where it is no JSON.
 */
export function parseFlatted(text: string): unknown {
	const values = JSON.parse(text) as unknown[];
	const linked = new Set<unknown>();

	const read = (index: number): unknown => {
		const value = values[index];
		if (typeof value !== 'object' || value === null || linked.has(value)) return value;
		// Before its parts: they may lead back to it.
		linked.add(value);
		const parts = value as Record<string, unknown>;
		for (const [key, part] of Object.entries(parts)) {
			if (typeof part === 'string') parts[key] = read(Number(part));
		}
		return value;
	};

	return read(0);
}
