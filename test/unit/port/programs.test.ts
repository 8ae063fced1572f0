import { port, problemsOf } from './port';

const app = 'stub.GetApp(service_pb2.GetAppRequest(user_app_id=resources_pb2.UserAppIDSet(app_id=i)))';

test('a comprehension with several for becomes flatMap', () => {
  expect(port('x = [a + b for a in [1] for b in [2] if a < b]')).toBe(
    'const x = [1].flatMap((a) => [2].filter((b) => a < b).map((b) => a + b));',
  );
});

test('a comprehension that calls the service is a loop: one call after the other', () => {
  const code = port(`x = [${app} for i in ["a", "b"]]`, 'print(len(x))');
  expect(code).toContain("for (const i of ['a', 'b']) {");
  expect(code).toContain('list.push(await stub.GetApp({ userAppId: { appId: i } }));');
});

test('a chained comparison is two, and a slice with a step keeps its step', () => {
  expect(port('v = 2', 'x = 1 < v <= 3')).toContain('const x = 1 < v && v <= 3;');
  expect(port('x = [1, 2, 3][::2]')).toContain('slice([1, 2, 3], undefined, undefined, 2)');
});

test('assert and else of try keep their meaning', () => {
  expect(port('x = 1', 'assert x == 1, "no"')).toContain("if (x !== 1) {\n  throw new Error('no');\n}");
  const code = port('try:', '  x = 1', 'except Exception:', '  x = 2', 'else:', '  print(x)');
  expect(code).toContain('succeeded = true;');
  expect(code).toContain('if (succeeded) {');
});

test('a parameter has the type of what the function is called with', () => {
  const python = [
    'def show(answer, times):',
    '    print(answer.status.code, times)',
    'show(stub.ListApps(service_pb2.ListAppsRequest()), 2)',
  ];
  expect(port(...python)).toContain('function show(answer: MultiAppResponse, times: number) {');
});

test('a function that gives back one of several answers is generic', () => {
  const python = [
    'def check(answer):',
    '    if answer.status.code != status_code_pb2.SUCCESS:',
    '        raise Exception("failed")',
    '    return answer',
    'a = check(stub.ListApps(service_pb2.ListAppsRequest()))',
    'b = check(stub.ListModels(service_pb2.ListModelsRequest()))',
    'print(len(a.apps), len(b.models))',
  ];
  expect(port(...python)).toContain(
    'function check<Answer extends MultiAppResponse | MultiModelResponse>(answer: Answer)',
  );
});

test('a class keeps its fields and methods; a method that calls the service is async', () => {
  const code = port(
    'class Client:',
    '    def __init__(self, page=1):',
    '        self.page = page',
    '    def apps(self):',
    '        return stub.ListApps(service_pb2.ListAppsRequest(page=self.page)).apps',
    'print(len(Client().apps()))',
  );
  expect(code).toContain('class Client {\n  page: number;\n  constructor(page = 1) {');
  expect(code).toContain('async apps() {');
  expect(code).toContain('(await new Client().apps()).length');
});

test('an error that the snippet raises and handles has a class of its name', () => {
  const code = port('try:', '  raise ValueError("no")', 'except ValueError as e:', '  print(e)');
  expect(code).toContain('class ValueError extends Error {}');
  expect(code).toContain('if (e instanceof ValueError) {');
  expect(problemsOf('try:', '  x = 1', 'except KeyError:', '  pass')).toEqual([
    '3:8 `except KeyError` has no translation: nothing raises it here',
  ]);
});

test('what is assigned in a loop is the variable around it', () => {
  expect(port('last = ""', 'for i in ["a"]:', '    last = i', 'print(last)')).toContain(
    "let last = '';\nfor (const i of ['a']) {\n  last = i;\n}",
  );
});

test('the command line is read by parseArgs', () => {
  const code = port(
    'import argparse',
    'parser = argparse.ArgumentParser()',
    'parser.add_argument("--page", type=int, default=1)',
    'args = parser.parse_args()',
    'print(args.page)',
  );
  expect(code).toContain("page: { type: 'string' }");
  expect(code).toContain('page: Number(given.page ?? 1)');
});

test('values print as Python prints them', () => {
  expect(port('c = resources_pb2.Concept(value=1)', 'print(c.value, True, None, ["a"])')).toContain(
    "console.log(str(c.value ?? 0, 'float'), 'True', 'None', str(['a']));",
  );
});

test('what is out of reach is marked with its line', () => {
  expect(problemsOf('def f(**kwargs):', '    pass')).toEqual(['2:5 Parameters with `**` have no translation']);
  expect(problemsOf('@cached', 'def f():', '    pass')).toEqual(['1:1 a decorator has no translation']);
  expect(problemsOf('for i in [1]:', '    pass', 'else:', '    pass')).toEqual([
    '1:1 a loop with `else` has no translation',
  ]);
});
