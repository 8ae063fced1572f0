// Each asks `clarifai-grpc complete` with the words up to the cursor, and completes files where that knows nothing.

const bash = `_clarifai_grpc() {
  local IFS=$'\\n'
  COMPREPLY=($("$1" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f 1))
}
complete -o default -F _clarifai_grpc clarifai-grpc
`;

const zsh = `#compdef clarifai-grpc
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
_clarifai_grpc() {
  local -a lines candidates
  local line tab=$'\\t'
  lines=("\${(@f)$("\${words[1]}" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  for line in $lines; do
    line=\${line//:/\\\\:}
    candidates+=("\${line//$tab/:}")
  done
  # What stands after \`--style=\` is completed, and that stays before it.
  compset -P '--*='
  if (( $#candidates )); then _describe clarifai-grpc candidates; else _files; fi
}
compdef _clarifai_grpc clarifai-grpc
`;

const fish = `function __clarifai_grpc_complete
  set -l words (commandline -opc)
  set -l word (commandline -ct)
  set -l candidates ($words[1] complete -- $words[2..-1] "$word" 2>/dev/null)
  # What stands before the value in \`--style=\` belongs to the word.
  set -l option (string match -r -- '^--[^=]+=' "$word")
  set -q candidates[1]; or set candidates (__fish_complete_path (string replace -- "$option" '' "$word"))
  string replace -r -- '^' "$option" $candidates
end
complete -c clarifai-grpc -f -a '(__clarifai_grpc_complete)'
`;

/** The scripts by the names of their shells. */
export const scripts: ReadonlyMap<string, string> = new Map(Object.entries({ bash, zsh, fish }));
