// Prints the table of CEL functions that stands in generator/load/cel/functions.ts, as the API server declares them. Run by hand for a
// new release of Kubernetes, with Go, in an empty folder:
//
//	cp …/scripts/cel-functions.go .
//	go mod init cel-functions
//	go get k8s.io/apiserver@v0.37.2 # of Kubernetes 1.37.2
//	go mod tidy
//	go run .
//
// A line has the functions that have the same overloads, and is broken in front of an overload that would go beyond column 120.
package main

import (
	"fmt"
	"sort"
	"strings"

	"github.com/google/cel-go/common/decls"
	"github.com/google/cel-go/common/types"
	"k8s.io/apiserver/pkg/cel/environment"
)

const lastColumn = 120

func main() {
	// The stored expressions of a cluster may use whatever any release up to this one had.
	env := environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion()).StoredExpressionsEnv()
	names := map[string][]string{}
	for name, function := range env.Functions() {
		if isOld(name) {
			continue
		}
		signatures := signaturesOf(function)
		names[signatures] = append(names[signatures], name)
	}
	lines := []string{}
	for signatures, those := range names {
		sort.Strings(those)
		lines = append(lines, wrapped(strings.Join(those, ",")+" "+signatures))
	}
	sort.Strings(lines)
	fmt.Println(strings.Join(lines, "\n"))
}

// Old names of operators, which the parser no longer gives them.
func isOld(name string) bool {
	return name == "in" || name == "_in_" || name == "__not_strictly_false__"
}

func signaturesOf(function *decls.FunctionDecl) string {
	signatures := []string{}
	for _, overload := range function.OverloadDecls() {
		args := overload.ArgTypes()
		target := ""
		if overload.IsMemberFunction() {
			target = textOf(args[0]) + "."
			args = args[1:]
		}
		params := []string{}
		for _, arg := range args {
			params = append(params, textOf(arg))
		}
		signatures = append(signatures, fmt.Sprintf("%s(%s): %s", target, strings.Join(params, ", "), textOf(overload.ResultType())))
	}
	return strings.Join(signatures, " | ")
}

var short = strings.NewReplacer("<", "", ">", "", "google.protobuf.Duration", "duration", "google.protobuf.Timestamp", "timestamp")

func textOf(kind *types.Type) string {
	return short.Replace(kind.String())
}

func wrapped(line string) string {
	out, column := "", 0
	for i, part := range strings.Split(line, " | ") {
		if i > 0 {
			part = " | " + part
		}
		if i > 0 && column+len(part) > lastColumn {
			part = "\n   " + part
			column = 0
		}
		out += part
		column += len(strings.TrimPrefix(part, "\n"))
	}
	return out
}
