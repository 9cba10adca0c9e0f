/**
 * Describes in a few words what npm is doing, from the lines of `npm --loglevel=http`. A line is
 * `npm http fetch GET 200 https://registry.npmjs.org/a 12ms (cache miss)` for the list of a package's versions, and the
 * same with `…/a/-/a-1.0.0.tgz`, or `npm http cache a@https://…/a/-/a-1.0.0.tgz 0ms (cache hit)`, for a package.
 */
export function describeNpm(): (line: string) => string {
	let lists = 0;
	let packages = 0;
	let now = 'starting npm';
	return (line) => {
		const [, source] = /^npm http (?:fetch GET \d+|cache) (\S+)/.exec(line) ?? [];
		if (source?.includes('/-/')) now = `fetching and unpacking, package ${++packages}`;
		else if (source) now = `looking up versions, package ${++lists}`;
		else if (/^\s+(CC|CXX)\(target\)/.test(line)) now = 'compiling';
		return now;
	};
}
