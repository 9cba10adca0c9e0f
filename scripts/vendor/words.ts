/** `keys` → `key`, `policies` → `policy`; what only looks like a plural stays: `access`, `status`. */
export function singular(name: string): string {
	if (/[^aeiou]ies$/i.test(name)) return name.replace(/ies$/i, 'y');
	if (/(ss|sh|ch|x)es$/i.test(name)) return name.slice(0, -2);
	return /[^sui]s$/i.test(name) ? name.slice(0, -1) : name;
}
