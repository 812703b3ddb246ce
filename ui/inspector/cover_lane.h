#pragma once
// Brackets beside the bytes of a body: which of them the signature covers and which it does not. Follows the editor as
// it scrolls; says the same as the marks in the text, in words and for screen readers.
#include <QWidget>

#include <vector>

namespace hookbench::widgets {
class CodeEditor;
}

namespace hookbench::inspector {

class CoverLane : public QWidget
{
    Q_OBJECT
public:
    struct Part
    {
        int start = 0; ///< position in the editor's text
        int length = 0;
        bool isSigned = false;
        QString bytes; ///< "1–412"
        QString events; ///< "event 1"
    };

    explicit CoverLane(widgets::CodeEditor *editor, QWidget *parent = nullptr);
    void setParts(std::vector<Part> parts);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    widgets::CodeEditor *m_editor;
    std::vector<Part> m_parts;
};

} // namespace hookbench::inspector
