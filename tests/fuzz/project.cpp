// A project file, from whoever gave it to the operator.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/project.h"
#include "target.h"

#include <algorithm>

using namespace pushdeck;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto parsed = parseProject(fuzz::bytesOf(data, size));
    if (const auto *problem = std::get_if<QString>(&parsed)) {
        require(!problem->isEmpty(), "a refusal says why");
        return 0;
    }
    const Project &project = std::get<ReadProject>(parsed).project;
    require(project.messages.size() <= ProjectLimits::kMessages, "messages are bounded");
    for (std::size_t i = 0; i < project.messages.size(); ++i) {
        const SavedMessage &message = project.messages[i];
        require(nameProblem(message.name).isEmpty(), "a message has a name");
        require(findMessage(project, message.folder, message.name) == i, "names are unique");
        require(message.key == 0 || (isFreeKey(message.key) && findKey(project, message.key) == i),
                "keys are unique and free");
        require(message.text.size() <= ProjectLimits::kTextChars &&
                    message.event.size() <= ProjectLimits::kEventChars,
                "texts are bounded");
    }

    const QByteArray written = writeProject(project);
    const auto again = parseProject(written);
    require(std::holds_alternative<ReadProject>(again), "what was written can be read");
    const ReadProject &read = std::get<ReadProject>(again);
    require(read.notes.isEmpty(), "nothing of what was written needs putting right");
    require(writeProject(read.project) == written, "what was read, written, is the same");
    return 0;
}
